/* Runs the stories of the files named, through every door: run_stories YOUJU FILE…
 * With --list it prints their names. TAP on standard output; the last line counts. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/crypto.h"
#include "base/diag.h"
#include "steps.h"

enum { ARENA_BYTES = 1 << 30 };

static const struct door *const doors[] = { &door_frames, &door_program };

struct run {
	struct arena arena;
	const char *youju;
	char folder[64], bare[96], office[96]; /* templates: before and after first start and lists */
	int passed, failed, number;
};

static bool sentence_holds(struct world *world, const struct story *story, const struct sentence *sentence)
{
	struct str why = step_take(world, sentence);

	if (!why.len)
		return true;
	printf("# %s:%zu: %.*s\n#   %.*s\n", story->file, sentence->line, STR_FMT(sentence->text), STR_FMT(why));
	return false;
}

static void story_run(struct run *run, struct world *world, const struct story *story)
{
	bool holds = true;

	for (size_t i = 0; i < story->count && holds; i++)
		holds = sentence_holds(world, story, &story->at[i]);
	run->passed += holds;
	run->failed += !holds;
	printf("%sok %d - %.*s [%s]\n", holds ? "" : "not ", ++run->number, STR_FMT(story->name), world->door->name);
	fflush(stdout);
}

static struct world world_new(struct run *run, const struct door *door, const char *dir)
{
	struct world world = { .arena = &run->arena, .youju = run->youju, .door = door, .marks = STR(""), .waiting_fd = -1,
		               .now_ms = date_local_start_ms((struct date){ 20781 }) + 9 * 3600000 };

	snprintf(world.dir, sizeof world.dir, "%s", dir);
	return world;
}

static enum fail file_run(struct run *run, const char *path, const struct door *door)
{
	struct stories stories = { 0 };
	struct str why;
	char dir[128];

	snprintf(dir, sizeof dir, "%s/%s-%d", run->folder, door->name, run->number);
	struct world world = world_new(run, door, dir);
	enum fail fail = stories_read(&run->arena, path, &stories, &why);
	if (fail != OK) {
		printf("# %.*s\n", STR_FMT(why));
		return fail;
	}
	TRY(world_copy(stories.bare ? run->bare : run->office, dir));
	TRY(world_start(&world));
	for (size_t i = 0; i < stories.count; i++)
		story_run(run, &world, stories.at[i]);
	return world_stop(&world);
}

static enum fail office_make(struct run *run)
{
	struct str serials[CAST_MAX];

	snprintf(run->folder, sizeof run->folder, "/tmp/youju-stories-XXXXXX");
	if (!mkdtemp(run->folder))
		return FAIL_IO;
	snprintf(run->bare, sizeof run->bare, "%s/bare", run->folder);
	snprintf(run->office, sizeof run->office, "%s/office", run->folder);
	struct world world = world_new(run, &door_frames, run->bare);
	TRY(world_make(&world, serials));
	TRY(world_copy(run->bare, run->office));
	world = world_new(run, &door_frames, run->office);
	enum fail fail = world_fill(&world, serials);
	if (fail != OK && world_stop(&world) != OK)
		diag_error("the service of the template did not stop well");
	return fail;
}

static int names_list(struct run *run, int count, char **paths)
{
	struct str why;

	for (int i = 0; i < count; i++) {
		struct stories stories = { 0 };
		if (stories_read(&run->arena, paths[i], &stories, &why) != OK) {
			fprintf(stderr, "%.*s\n", STR_FMT(why));
			return 1;
		}
		for (size_t k = 0; k < stories.count; k++)
			printf("%.*s\n", STR_FMT(stories.at[k]->name));
	}
	return 0;
}

static int stories_run(struct run *run, int count, char **paths)
{
	enum fail fail = office_make(run);

	for (int i = 0; fail == OK && i < count; i++)
		for (size_t door = 0; fail == OK && door < ARRAY_LEN(doors); door++) {
			fail = file_run(run, paths[i], doors[door]);
			if (fail != OK)
				printf("Bail out! %s by %s: %s\n", paths[i], doors[door]->name, fail_name(fail));
		}
	if (!run->number && fail != OK)
		printf("Bail out! the office cannot be made: %s\n", fail_name(fail));
	printf("1..%d\n# %d passed, %d failed\n", run->number, run->passed, run->failed);
	const char *remove[] = { "rm", "-rf", run->folder, NULL };
	struct world world = world_new(run, &door_frames, run->office);
	struct str printed;
	int code;
	world.youju = "/bin/rm";
	if (program_run(&world, remove, STR(""), &printed, &code) != OK)
		return 1;
	return fail == OK && !run->failed ? 0 : 1;
}

int main(int argc, char **argv)
{
	struct run run = { .arena = arena_open(ARENA_BYTES) };
	int code;

	diag_open("stories");
	crypto_open();
	if (argc > 2 && strcmp(argv[1], "--list") == 0) {
		code = names_list(&run, argc - 2, argv + 2);
	} else if (argc > 2) {
		run.youju = argv[1];
		code = stories_run(&run, argc - 2, argv + 2);
	} else {
		fputs("usage: run_stories YOUJU|--list FILE...\n", stderr);
		code = 2;
	}
	arena_close(&run.arena);
	return code;
}
