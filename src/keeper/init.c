#include "keeper/init.h"

#include "base/cert_make.h"
#include "base/der.h"
#include "base/file.h"
#include "base/time.h"
#include "journal/note.h"
#include "law/events.h"
#include "store/ledger.h"

#define SOFTWARE "youju 0.1.0"

enum { SERVER_DAYS = 825 };

struct place {
	const char *dir;
	struct arena *arena;
	const struct init_options *options;
};

static const char *path_in(struct place *place, const char *name)
{
	return str_c(place->arena, str_printf(place->arena, "%s/%s", place->dir, name));
}

static enum fail folders_make(struct place *place)
{
	static const char *const names[] = { "log", "log/sealed", "keys", "tls", "tls/ca", "tls/crl", "run" };

	TRY(dir_make(place->dir));
	TRY(name_flush(place->dir));
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		TRY(dir_make(path_in(place, names[i])));
	return dir_flush(place->dir);
}

static enum fail signing_key_make(struct place *place)
{
	uint8_t secret[32], public_key[32];
	struct buf vkey = buf_on(place->arena);

	random_bytes(secret, sizeof secret);
	TRY(ed25519_public(secret, public_key));
	struct note_key key = note_key_make(place->options->origin, NOTE_ED25519, public_key);
	note_key_add(&vkey, &key);
	buf_byte(&vkey, '\n');
	enum fail fail = file_save(path_in(place, "keys/log.vkey"), buf_str(&vkey));
	if (fail == OK)
		fail = file_save(path_in(place, "keys/log.key"), str_bytes(secret, sizeof secret));
	wipe(secret, sizeof secret);
	return fail;
}

/* Whether entry 0 is that of an earlier beginning of this very log, which the power cut off. */
static enum fail opened_before(struct place *place, struct ledger *ledger)
{
	struct event event;
	struct str bytes;

	TRY(ledger_read(ledger, 0, place->arena, &bytes));
	TRY(event_decode(place->arena, bytes, &event));
	return ledger_size(ledger) == 1 && event.kind == EVENT_log_opened &&
	               str_eq(event.log_opened.origin, place->options->origin) &&
	               event.log_opened.demo == place->options->demo
	           ? OK
	           : FAIL_CONFLICT;
}

static enum fail log_begin(struct ledger *ledger, struct place *place, const struct event *event)
{
	if (ledger_size(ledger))
		return opened_before(place, ledger);
	TRY(ledger_stage(ledger, event_encode(place->arena, event), event->at_ms, NULL));
	return ledger_commit(ledger);
}

/* Entry 0 says what this log is for ever. */
static enum fail log_open(struct place *place)
{
	struct event event = event_new(EVENT_log_opened);
	struct ledger *ledger = NULL;

	event.at_ms = place->options->at_ms;
	random_bytes(event.salt, sizeof event.salt);
	event.log_opened.origin = place->options->origin;
	event.log_opened.demo = place->options->demo;
	event.log_opened.software = STR(SOFTWARE);
	TRY(ledger_open(path_in(place, "log"), LEDGER_WRITE, &ledger));
	enum fail fail = log_begin(ledger, place, &event);
	ledger_close(ledger);
	return fail;
}

static enum fail certificate_make(struct place *place, struct key key, struct str *out)
{
	uint8_t serial[16];
	struct cert_order order = {
		.not_before_ms = clock_wall_ms() - 86400000,
		.not_after_ms = clock_wall_ms() + (int64_t)SERVER_DAYS * 86400000,
		.subject_key = key, .issuer_key_id = key_id(place->arena, key),
		.usage = CERT_USE_SIGN, .path_len = -1, .for_server = true, .kind = CERT_SERVER,
		.last_four = STR(""), .organisation_oid = STR(""), .card_number = STR(""),
		.crl_url = STR(""), .ocsp_url = STR(""), .dns_name = place->options->host,
	};

	random_bytes(serial, sizeof serial);
	serial[0] = (uint8_t)((serial[0] & 0x7f) | 1);
	order.serial = str_bytes(serial, sizeof serial);
	name_add(&order.subject, OID_COMMON_NAME, place->options->host);
	order.issuer = order.subject;
	return cert_make(place->arena, &order, key, out);
}

static enum fail server_certificate_make(struct place *place)
{
	struct buf key_pem = buf_on(place->arena), cert_pem = buf_on(place->arena);
	struct key key;
	struct str der;

	if (file_exists(path_in(place, "tls/server.key")))
		return OK;
	TRY(key_make(KEY_P256, &key));
	enum fail fail = certificate_make(place, key, &der);
	if (fail == OK)
		fail = key_write(&key_pem, key, STR(""));
	key_close(&key);
	TRY(fail);
	pem_put(&cert_pem, "CERTIFICATE", der);
	TRY(file_save(path_in(place, "tls/server.pem"), buf_str(&cert_pem)));
	return file_save(path_in(place, "tls/server.key"), buf_str(&key_pem));
}

static enum fail settings_write(struct place *place)
{
	if (file_exists(path_in(place, "youju.conf")))
		return OK;
	return file_save(path_in(place, "youju.conf"),
	                 str_printf(place->arena,
	                            "# Settings of this machine. What the law leaves open is no setting but\n"
	                            "# a journaled parameter: youju show DIR parameters.\n"
	                            "front.host = %.*s\n"
	                            "front.address = localhost\n"
	                            "front.web_port = 8443\n"
	                            "front.card_port = 8444\n"
	                            "%s",
	                            STR_FMT(place->options->host),
	                            place->options->demo ? "mail.delivery = file\nmail.from = youju@demo.youju.example\n"
	                                                 : ""));
}

static bool origin_is_fit(const struct init_options *options)
{
	return note_name_is_valid(options->origin) &&
	       options->demo == str_starts(options->origin, STR("demo."));
}

enum fail keeper_init(const char *dir, const struct init_options *options)
{
	AUTO(arena_close) struct arena arena = arena_open_secret(1 << 20);
	struct place place = { dir, &arena, options };

	if (!origin_is_fit(options))
		return FAIL_SYNTAX;
	if (file_exists(path_in(&place, "keys/log.key")))
		return FAIL_CONFLICT;
	TRY(folders_make(&place));
	TRY(server_certificate_make(&place));
	TRY(settings_write(&place));
	TRY(log_open(&place));
	return signing_key_make(&place); /* last: its file says that the directory is complete */
}
