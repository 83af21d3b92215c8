/* The sealer as a process, with a keeper that lies: it never signs two heads that contradict each
 * other, also not after a restart. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/local.h"
#include "counter/message.h"
#include "journal/checkpoint.h"
#include "keeper/init.h"

#include <cmocka.h>

enum { TREE_MAX = 8 };

static const char *sealer_path;
static char dir[] = "/tmp/youju-sealer-XXXXXX", run[64];
static struct arena arena;
static int listening, line = -1;
static struct buf pending;
static pid_t sealer;

/* --- a small tree --- */

struct tree { size_t size; struct hash leaves[TREE_MAX]; };

static enum fail node_read(void *context, unsigned level, uint64_t index, struct hash *out)
{
	const struct tree *tree = context;
	struct hash left, right;

	if (level == 0) {
		*out = tree->leaves[index];
		return OK;
	}
	TRY(node_read(context, level - 1, 2 * index, &left));
	TRY(node_read(context, level - 1, 2 * index + 1, &right));
	*out = merkle_node(&left, &right);
	return OK;
}

static struct tree tree_of(size_t size, const char *name)
{
	struct tree tree = { .size = size };

	for (size_t i = 0; i < size; i++)
		tree.leaves[i] = merkle_leaf(str_printf(&arena, "%s %zu", name, i));
	return tree;
}

/* --- talking --- */

static void sealer_start(void)
{
	sealer = fork();
	assert_true(sealer >= 0);
	if (sealer == 0) {
		prctl(PR_SET_PDEATHSIG, SIGTERM);
		execl(sealer_path, sealer_path, dir, (char *)NULL);
		_exit(127);
	}
	while (local_accept(listening, &line) != OK)
		usleep(2000);
	pending = buf_open();
}

static void sealer_stop(void)
{
	int status;

	kill(sealer, SIGTERM);
	assert_int_equal(waitpid(sealer, &status, 0), sealer);
	local_close(&line);
	buf_close(&pending);
}

static struct message asked(struct tree *tree, uint64_t old)
{
	const struct node_source source = { node_read, tree };
	struct message order = message_new(&arena, MESSAGE_SEAL, tree->size), reply;
	struct buf text = buf_on(&arena);
	struct proof proof = { 0 };
	struct hash root;

	assert_int_equal(merkle_root(&source, tree->size, &root), OK);
	if (old <= tree->size)
		assert_int_equal(consistency_prove(&source, old, tree->size, &proof), OK);
	for (size_t i = 0; i < proof.count; i++) {
		base64_add(&text, proof.at[i].at, HASH_BYTES);
		buf_byte(&text, '\n');
	}
	message_put(&order, "size", str_printf(&arena, "%zu", tree->size));
	message_put(&order, "old", str_printf(&arena, "%llu", (unsigned long long)old));
	message_put(&order, "root", base64_text(&arena, root.at, HASH_BYTES));
	message_put(&order, "proof", buf_str(&text));
	assert_int_equal(message_send(line, &order), OK);
	assert_int_equal(message_receive(&arena, line, &pending, 5000, &reply), OK);
	return reply;
}

static void signed_well(const struct message *reply)
{
	struct str vkey;
	struct note_key key;
	struct note note;
	struct note_coverage coverage;
	char path[64];

	snprintf(path, sizeof path, "%s/keys/log.vkey", dir);
	assert_int_equal(file_load(&arena, path, 4096, &vkey), OK);
	assert_int_equal(note_key_parse(&arena, str_trim(vkey), &key), OK);
	assert_int_equal(note_parse(&arena, message_get(reply, "note"), &note), OK);
	assert_int_equal(note_verify(&arena, &note, &key, 1, &coverage), OK);
}

static void refused_with(const struct message *reply, const char *fail_code)
{
	assert_int_equal(message_get(reply, "note").len, 0);
	assert_true(str_is(message_get(reply, "fail"), fail_code));
}

static void a_growing_tree_is_signed(void **state)
{
	struct tree two = tree_of(2, "a"), five = tree_of(5, "a");

	(void)state;
	struct message reply = asked(&two, 0);
	signed_well(&reply);
	reply = asked(&five, 2);
	signed_well(&reply);
	assert_int_equal(message_get_u64(&reply, "size"), 5);
}

static void going_back_is_not_signed(void **state)
{
	struct tree two = tree_of(2, "a"), seven = tree_of(7, "a");

	(void)state;
	struct message reply = asked(&two, 0);
	refused_with(&reply, "conflict");
	reply = asked(&seven, 2);
	refused_with(&reply, "conflict");
	assert_int_equal(message_get_u64(&reply, "size"), 5); /* what the keeper has to start from */
}

static void another_tree_is_not_signed(void **state)
{
	struct tree other = tree_of(6, "b");

	(void)state;
	struct message reply = asked(&other, 5);
	refused_with(&reply, "untrusted");
}

static void a_restart_forgets_nothing(void **state)
{
	struct tree two = tree_of(2, "a"), six = tree_of(6, "a"), other = tree_of(6, "b");

	(void)state;
	sealer_stop();
	sealer_start();
	struct message reply = asked(&two, 0);
	refused_with(&reply, "conflict");
	reply = asked(&other, 5);
	refused_with(&reply, "untrusted");
	reply = asked(&six, 5);
	signed_well(&reply);
}

static int make(void **state)
{
	const struct init_options options = { STR("demo.youju.test/sealer"), true, 1700000000000, STR("localhost") };

	(void)state;
	arena = arena_open(1 << 26);
	if (!mkdtemp(dir))
		return -1;
	snprintf(run, sizeof run, "%s/run", dir);
	assert_int_equal(keeper_init(dir, &options), OK);
	assert_int_equal(local_listen(run, "sealer.sock", &listening), OK);
	sealer_start();
	return 0;
}

static int drop(void **state)
{
	char command[96];

	(void)state;
	sealer_stop();
	local_close(&listening);
	arena_close(&arena);
	snprintf(command, sizeof command, "rm -rf %s", dir);
	return system(command);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_growing_tree_is_signed),
		cmocka_unit_test(going_back_is_not_signed),
		cmocka_unit_test(another_tree_is_not_signed),
		cmocka_unit_test(a_restart_forgets_nothing),
	};

	if (argc != 2)
		return 2;
	sealer_path = argv[1];
	return cmocka_run_group_tests(tests, make, drop);
}
