#include "doors/web/assets.h"

const struct asset *asset_named(const char *name)
{
	for (size_t i = 0; i < assets_count; i++)
		if (str_is(str_from(assets[i].name), name))
			return &assets[i];
	assert(false && "an asset that was not built in");
	return NULL;
}

const struct asset *asset_at(struct str path)
{
	for (size_t i = 0; i < assets_count; i++)
		if (str_is(path, assets[i].path))
			return &assets[i];
	return NULL;
}
