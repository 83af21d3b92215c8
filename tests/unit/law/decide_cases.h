/* Includes SCENE_CASES twice: once for the functions, once for the table. */
#define CASE(command, name, refusal, ...)                                                          \
	static void CASE_NAME(__LINE__)(struct scene *s) { __VA_ARGS__; }
#define GRANT(command, name, ...)                                                                  \
	static void CASE_NAME(__LINE__)(struct scene *s) { (void)s; __VA_ARGS__; }
#define PROBLEM(list, name, field, ...)                                                            \
	static void CASE_NAME(__LINE__)(struct scene *s) { __VA_ARGS__; }
#define LIST_GRANT(list, name, ...)                                                                \
	static void CASE_NAME(__LINE__)(struct scene *s) { (void)s; __VA_ARGS__; }
#include SCENE_CASES
#undef CASE
#undef GRANT
#undef PROBLEM
#undef LIST_GRANT

static const struct scene_case cases[] = {
#define CASE(command, name, refusal, ...)                                                          \
	{ name, COMMAND_##command, IMPORT_STAFF, REFUSED_##refusal, "", CASE_NAME(__LINE__) },
#define GRANT(command, name, ...)                                                                  \
	{ name, COMMAND_##command, IMPORT_STAFF, REFUSED_NOT, "", CASE_NAME(__LINE__) },
#define PROBLEM(list, name, field, ...)                                                            \
	{ name, COMMAND_import_list, list, REFUSED_IMPORT_WRONG, field, CASE_NAME(__LINE__) },
#define LIST_GRANT(list, name, ...)                                                                \
	{ name, COMMAND_import_list, list, REFUSED_NOT, "", CASE_NAME(__LINE__) },
#include SCENE_CASES
#undef CASE
#undef GRANT
#undef PROBLEM
#undef LIST_GRANT
};
