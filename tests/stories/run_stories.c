/* Runs the stories of the files named, through every door: run_stories YOUJU FILE…
 * With --list it prints their names. TAP on standard output; the last line counts. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/crypto.h"
#include "base/diag.h"
#include "steps.h"

enum { ARENA_BYTES = 1 << 30 };

static const struct door *const doors[] = { &door_frames, &door_program, &door_api };

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

/* Signing in and out, and the start of an office, are no matter of every door. */
static bool is_told(const struct story *story, const struct door *door)
{
	static const struct str words[] = { STR_INIT(" signs in"), STR_INIT(" signs out"), STR_INIT(" start the office ") };
	size_t at;

	for (size_t i = 0; !door->has_sessions && i < story->count; i++)
		for (size_t word = 0; word < ARRAY_LEN(words); word++)
			if (str_find(story->at[i].text, words[word], &at))
				return false;
	return true;
}

static void story_run(struct run *run, struct world *world, const struct story *story)
{
	bool holds = true;

	for (size_t i = 0; i < story->count && holds; i++)
		holds = sentence_holds(world, story, &story->at[i]);
	run->passed += holds;
	run->failed += !holds;
	printf("%sok - %.*s [%s]\n", holds ? "" : "not ", STR_FMT(story->name), world->door->name);
}

static struct world world_new(struct run *run, const struct door *door, const char *dir)
{
	struct world world = { .arena = &run->arena, .youju = run->youju, .door = door, .marks = STR(""), .waiting_fd = -1,
		               .now_ms = date_local_start_ms((struct date){ 20781 }) + 9 * 3600000 };

	snprintf(world.dir, sizeof world.dir, "%s", dir);
	return world;
}

static enum fail file_run(struct run *run, int file, const char *path, const struct door *door)
{
	struct stories stories = { 0 };
	struct str why;
	char dir[128];

	snprintf(dir, sizeof dir, "%s/%s-%d", run->folder, door->name, file);
	struct world world = world_new(run, door, dir);
	enum fail fail = stories_read(&run->arena, path, &stories, &why);
	if (fail != OK) {
		printf("# %.*s\n", STR_FMT(why));
		return fail;
	}
	TRY(world_copy(stories.bare ? run->bare : run->office, dir));
	TRY(world_start(&world));
	for (size_t i = 0; i < stories.count; i++)
		if (is_told(stories.at[i], door))
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

/* Everything by one door. */
static int door_run(struct run *run, const struct door *door, int count, char **paths)
{
	for (int i = 0; i < count; i++) {
		enum fail fail = file_run(run, i, paths[i], door);
		if (fail == OK)
			continue;
		printf("not ok - %s could not be told to its end: %s [%s]\n", paths[i], fail_name(fail), door->name);
		run->failed++;
	}
	return run->failed ? 1 : 0;
}

/* Each door has a process of its own, whose lines are printed when it has ended. */
struct teller { pid_t pid; FILE *lines; };

static enum fail teller_begin(struct run *run, const struct door *door, int count, char **paths,
                              struct teller *out)
{
	out->lines = tmpfile();
	if (!out->lines)
		return FAIL_IO;
	fflush(stdout);
	out->pid = fork();
	if (out->pid < 0)
		return FAIL_IO;
	if (out->pid == 0) {
		if (dup2(fileno(out->lines), STDOUT_FILENO) < 0)
			_exit(1);
		int code = door_run(run, door, count, paths);
		fflush(stdout);
		_exit(code);
	}
	return OK;
}

static void teller_end(struct run *run, struct teller *teller)
{
	char line[4096];
	int status;

	if (waitpid(teller->pid, &status, 0) < 0 || !WIFEXITED(status))
		run->failed++;
	rewind(teller->lines);
	while (fgets(line, sizeof line, teller->lines)) {
		bool holds = strncmp(line, "ok - ", 5) == 0, fails = strncmp(line, "not ok - ", 9) == 0;
		run->passed += holds;
		run->failed += fails;
		if (holds || fails)
			printf("%s %d%s", holds ? "ok" : "not ok", ++run->number, strchr(line, '-') - 1);
		else
			fputs(line, stdout);
	}
	fclose(teller->lines);
}

static enum fail folder_remove(struct run *run)
{
	const char *const remove[] = { "rm", "-rf", run->folder, NULL };
	struct world world = world_new(run, &door_frames, run->office);
	struct str printed;
	int code;

	return program_run(&world, "/bin/rm", remove, STR(""), &printed, &code);
}

static int stories_run(struct run *run, int count, char **paths)
{
	struct teller tellers[ARRAY_LEN(doors)];
	enum fail fail = office_make(run);
	size_t begun = 0;

	if (fail != OK)
		printf("Bail out! the office cannot be made: %s\n", fail_name(fail));
	for (; fail == OK && begun < ARRAY_LEN(doors); begun++)
		fail = teller_begin(run, doors[begun], count, paths, &tellers[begun]);
	for (size_t i = 0; i < begun; i++)
		teller_end(run, &tellers[i]);
	printf("1..%d\n# %d passed, %d failed\n", run->number, run->passed, run->failed);
	return folder_remove(run) == OK && fail == OK && !run->failed ? 0 : 1;
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
