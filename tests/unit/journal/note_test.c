#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "journal/checkpoint.h"

#include <cmocka.h> /* last: it makes a macro of fail */


#define SPEC_KEY "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
#define LOG_KEY "journal.example/office+f3414256+AaKCZ9NXXPlfn/xumM7OdL9QWmaGKb+B8W0mUTvc24QU"
#define WITNESS_KEY "witness.example/w1+8d5eacad+BPHMyNgMrVNErbJ/FDFng1UnBzonEzzTKmuL0zFQRMqp"

static const char CHECKPOINT[] =
	"journal.example/office\n"
	"100000\n"
	"6OR2a3KCUDHuTCPWt91M8I4eui4tu6jn4nPBb0hFpto=\n"
	"\n"
	"\xe2\x80\x94 journal.example/office 80FCVs8mPBQum8Xmf0aeileyRaVgwnDgPKx6Zh1v4KVbSdWDJctSDca7Z"
	"jk7/G0YBO8HHIHjYWlBX2RYc7VjoDUw9AM=\n"
	"\xe2\x80\x94 witness.example/w1 jV6srQAAAABrBGue/UjDK7IVty6MjihPlsB1zFELnOpjY+WmIiii1IEsybEwnXW"
	"fh40A0bKXl9ThVV/qu0CrZvlk+qnHabGofIvCBw==\n";

static struct arena arena;

static struct note_key key(const char *text)
{
	struct note_key out;

	assert_int_equal(note_key_parse(&arena, str_from(text), &out), OK);
	return out;
}

static void a_verifier_key_round_trips(void **state)
{
	static const char *const keys[] = { SPEC_KEY, LOG_KEY, WITNESS_KEY };

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
		struct note_key k = key(keys[i]);
		struct buf out = buf_on(&arena);
		note_key_add(&out, &k);
		assert_true(str_is(buf_str(&out), keys[i]));
	}
}

static void wrong_verifier_keys(void **state)
{
	static const char *const wrong[] = {
		"", "+", "a+b", "example.com/foo", "example.com/foo+530d903a",
		"example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
		"example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
		"example.com/fop+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
		"example.com foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
		"example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2",
		"+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
		"example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
	};
	struct note_key out;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
		assert_int_not_equal(note_key_parse(&arena, str_from(wrong[i]), &out), OK);
}

static void log_and_witness_vouch(void **state)
{
	struct note_key keys[] = { key(LOG_KEY), key(WITNESS_KEY) };
	struct note_coverage coverage;
	struct checkpoint checkpoint;
	struct note note;

	(void)state;
	assert_int_equal(note_parse(&arena, str_from(CHECKPOINT), &note), OK);
	assert_int_equal(note_verify(&arena, &note, keys, 2, &coverage), OK);
	assert_true(coverage.by[0] && coverage.by[1] && coverage.known == 2);
	assert_int_equal(coverage.time_s[1], 1795451806);
	assert_int_equal(coverage.not_covered, 0);
	assert_int_equal(checkpoint_parse(&arena, note.text, &checkpoint), OK);
	assert_int_equal(checkpoint.size, 100000);
	assert_true(str_is(checkpoint.origin, "journal.example/office"));
	struct buf again = buf_on(&arena);
	checkpoint_add(&again, &checkpoint);
	assert_true(str_eq(buf_str(&again), note.text));
}

static void keys_not_given_are_not_covered(void **state)
{
	struct note_key one[] = { key(LOG_KEY) }, other[] = { key(SPEC_KEY) };
	struct note_coverage coverage;
	struct note note;

	(void)state;
	assert_int_equal(note_parse(&arena, str_from(CHECKPOINT), &note), OK);
	assert_int_equal(note_verify(&arena, &note, one, 1, &coverage), OK);
	assert_int_equal(coverage.not_covered, 1);
	assert_int_equal(note_verify(&arena, &note, other, 1, &coverage), FAIL_UNTRUSTED);
	assert_int_equal(coverage.not_covered, 2);
}

static void every_changed_byte_of_a_note_is_found(void **state)
{
	struct note_key keys[] = { key(LOG_KEY), key(WITNESS_KEY) };
	struct note_coverage coverage;
	char bytes[sizeof CHECKPOINT];
	struct note note;

	(void)state;
	for (size_t i = 0; i + 1 < sizeof CHECKPOINT; i++) {
		memcpy(bytes, CHECKPOINT, sizeof bytes);
		bytes[i] ^= 1;
		if (note_parse(&arena, str_bytes(bytes, sizeof CHECKPOINT - 1), &note) != OK)
			continue;
		enum fail fail = note_verify(&arena, &note, keys, 2, &coverage);
		assert_true(fail == FAIL_UNTRUSTED || coverage.known < 2);
	}
}

static void a_note_of_ours_verifies(void **state)
{
	uint8_t secret[32] = { 7 }, public_key[32];
	struct buf out = buf_on(&arena);
	struct note_coverage coverage;
	struct note note;

	(void)state;
	assert_int_equal(ed25519_public(secret, public_key), OK);
	struct note_key keys[] = { note_key_make(STR("demo.log"), NOTE_ED25519, public_key),
		                   note_key_make(STR("w"), NOTE_COSIGNATURE, public_key) };
	assert_int_equal(note_sign(STR("demo.log"), secret, STR("a\n\nb\n"), &out), OK);
	assert_int_equal(cosignature_sign(STR("w"), secret, 1795451806, STR("a\n\nb\n"), &out), OK);
	assert_int_equal(note_parse(&arena, buf_str(&out), &note), OK);
	assert_true(str_is(note.text, "a\n\nb\n"));
	assert_int_equal(note_verify(&arena, &note, keys, 2, &coverage), OK);
	assert_int_equal(coverage.known, 2);
	assert_int_equal(note_sign(STR("demo.log"), secret, STR("no line end"), &out), FAIL_SYNTAX);
	assert_int_equal(note_sign(STR("demo log"), secret, STR("a\n"), &out), FAIL_SYNTAX);
}

static void the_example_of_the_specification(void **state)
{
	static const char bytes[] =
		"This is an example message.\n\n\xe2\x80\x94 example.com/foo "
		"Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72Ineya"
		"QM=\n";
	struct note_key keys[] = { key(SPEC_KEY) };
	struct note_coverage coverage;
	struct note note;

	(void)state;
	assert_int_equal(note_parse(&arena, str_from(bytes), &note), OK);
	assert_int_equal(note.signatures[0].id, 0x530d903a);
	assert_int_equal(note_verify(&arena, &note, keys, 1, &coverage), OK);
	note.text = STR("This is another message.\n");
	assert_int_equal(note_verify(&arena, &note, keys, 1, &coverage), FAIL_UNTRUSTED);
	assert_true(str_is(coverage.failed, "example.com/foo"));
}

static void wrong_notes(void **state)
{
	static const char *const wrong[] = {
		"", "\n", "\n\n", "a\n", "a\n\n", "a\n\nb\n", "a\n\n\xe2\x80\x94 n AAAAAAA=\n ",
		"a\n\n\xe2\x80\x94 n AAAAAA==\n", "a\n\n\xe2\x80\x94  AAAAAAA=\n", "a\r\n\n\xe2\x80\x94 n AAAAAAA=\n",
		"a\n\n\xe2\x80\x94 n AAAAAAB=\n", "a\n\n\xe2\x80\x94 n+m AAAAAAA=\n", "a\n\n- n AAAAAAA=\n",
	};
	struct note note;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
		assert_int_equal(note_parse(&arena, str_from(wrong[i]), &note), FAIL_SYNTAX);
	assert_int_equal(note_parse(&arena, STR("a\n\n\xe2\x80\x94 n AAAAAAA=\n"), &note), OK);
}

static void wrong_checkpoints(void **state)
{
	static const char *const wrong[] = {
		"", "o\n", "o\n1\n", "o\n01\n6OR2a3KCUDHuTCPWt91M8I4eui4tu6jn4nPBb0hFpto=\n",
		"o\n1\n6OR2a3KCUDHuTCPWt91M8I4eui4tu6jn4nPBb0hFpto=", "\n1\n6OR2a3KCUDHuTCPWt91M8I4eui4tu6jn4nPBb0hFpto=\n",
		"o\n1\n6OR2a3KCUDHuTCPWt91M8I4eui4tu6jn4nPBb0hFpt==\n", "o\n-1\n6OR2a3KCUDHuTCPWt91M8I4eui4tu6jn4nPBb0hFpto=\n",
		"o\n1\n6OR2a3KCUDHuTCPWt91M8I4eui4tu6jn4nPBb0hFpto=\n\n", "o\n9223372036854775808\n6OR2a3KCUDHuTCPWt91M8I4eui4tu6jn4nPBb0hFpto=\n",
	};
	struct checkpoint out;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
		assert_int_equal(checkpoint_parse(&arena, str_from(wrong[i]), &out), FAIL_SYNTAX);
}

static int open_arena(void **state)
{
	(void)state;
	arena = arena_open(64 * 1024 * 1024);
	return 0;
}

static int close_arena(void **state)
{
	(void)state;
	arena_close(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_verifier_key_round_trips),
		cmocka_unit_test(wrong_verifier_keys),
		cmocka_unit_test(log_and_witness_vouch),
		cmocka_unit_test(keys_not_given_are_not_covered),
		cmocka_unit_test(every_changed_byte_of_a_note_is_found),
		cmocka_unit_test(a_note_of_ours_verifies),
		cmocka_unit_test(the_example_of_the_specification),
		cmocka_unit_test(wrong_notes),
		cmocka_unit_test(wrong_checkpoints),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
