#include "doors/http/router.h"

bool path_is_plain(struct str path)
{
	struct str rest = path, segment;

	if (!path.len || path.at[0] != '/')
		return false;
	for (size_t i = 0; i < path.len; i++)
		if (path.at[i] <= ' ' || path.at[i] >= 0x7f || path.at[i] == '%' || path.at[i] == '\\')
			return false;
	rest = str_slice(path, 1, path.len);
	while (path.len > 1 && str_cut(&rest, '/', &segment))
		if (!segment.len || str_is(segment, ".") || str_is(segment, ".."))
			return false;
	return true;
}

static bool is_brace(struct str segment)
{
	return segment.len > 2 && segment.at[0] == '{';
}

static bool pattern_fits(const char *pattern, struct str path, struct str params[PARAMS_MAX])
{
	struct str left = str_from(pattern), right = path, want, have;
	size_t count = 0;

	while (str_cut(&left, '/', &want)) {
		if (str_is(want, "{...}") && right.at) {
			params[count] = right;
			return right.len > 0;
		}
		if (!str_cut(&right, '/', &have))
			return false;
		if (is_brace(want)) {
			assert(count < PARAMS_MAX);
			params[count++] = have;
		} else if (!str_eq(want, have)) {
			return false;
		}
	}
	return !right.at;
}

enum route_found router_find(const struct routes *tables, size_t count, enum method method,
                             enum listener listener, struct str path, const struct route **out,
                             struct str params[PARAMS_MAX])
{
	enum route_found found = ROUTE_UNKNOWN;

	for (size_t t = 0; t < count; t++)
		for (const struct route *row = tables[t].at; row < tables[t].at + tables[t].count; row++) {
			if (!pattern_fits(row->pattern, path, params))
				continue;
			if (row->method == method && (row->listeners & listener)) {
				*out = row;
				return ROUTE_FOUND;
			}
			if (row->method == method)
				found = ROUTE_OTHER_LISTENER;
			else if (found == ROUTE_UNKNOWN)
				found = ROUTE_OTHER_METHOD;
		}
	return found;
}
