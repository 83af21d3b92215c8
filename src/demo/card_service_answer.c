#include "demo/card_service.h"

#include <string.h>

#include "base/cert_cms.h"
#include "base/json.h"
#include "base/time.h"

/* The one number that samples agree to be a failure; what it means differs between them. */
static const int64_t RET_REFUSED = 0x76000031, RET_UNKNOWN = 0x76000001;

static const char *const mode_names[] = {
	[SERVICE_GOOD] = "good",           [SERVICE_CANCEL] = "cancel",   [SERVICE_WRONG_PIN] = "wrong_pin",
	[SERVICE_NO_READER] = "no_reader", [SERVICE_NO_CARD] = "no_card", [SERVICE_SLOW] = "slow",
	[SERVICE_GARBAGE] = "garbage",     [SERVICE_FOREIGN] = "foreign",
};
static_assert(ARRAY_LEN(mode_names) == SERVICE_MODE_COUNT, "every mode has a name");

const char *card_service_mode_name(enum card_service_mode mode)
{
	return mode_names[mode];
}

bool card_service_mode_find(struct str name, enum card_service_mode *out)
{
	for (size_t i = 0; i < ARRAY_LEN(mode_names); i++)
		if (str_is(name, mode_names[i])) {
			*out = (enum card_service_mode)i;
			return true;
		}
	return false;
}

static int hex_digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static struct str url_decoded(struct arena *arena, struct str text)
{
	struct buf out = buf_on(arena);

	for (size_t i = 0; i < text.len; i++) {
		int high = i + 2 < text.len && text.at[i] == '%' ? hex_digit(text.at[i + 1]) : -1;
		int low = high >= 0 ? hex_digit(text.at[i + 2]) : -1;
		if (low >= 0) {
			buf_byte(&out, (uint8_t)(high * 16 + low));
			i += 2;
		} else {
			buf_bytes(&out, &text.at[i], 1);
		}
	}
	return buf_str(&out);
}

static struct json_out begin(struct buf *buf, const char *func, int64_t code)
{
	struct json_out out = json_to(buf);

	json_put_object(&out);
	json_put_key(&out, STR("func"));
	json_put_str(&out, str_from(func));
	json_put_key(&out, STR("ret_code"));
	json_put_i64(&out, code);
	json_put_key(&out, STR("last_error"));
	json_put_i64(&out, code ? 1 : 0);
	return out;
}

static struct str failed(struct arena *arena, const char *func, int64_t code)
{
	struct buf buf = buf_on(arena);
	struct json_out out = begin(&buf, func, code);

	json_put_object_end(&out);
	return buf_str(&buf);
}

static struct str environment(struct arena *arena, const struct card_service *service)
{
	struct buf buf = buf_on(arena);
	struct json_out out = begin(&buf, "checkenvir", 0);

	json_put_key(&out, STR("serverVersion"));
	json_put_str(&out, STR("demo"));
	json_put_key(&out, STR("slots"));
	json_put_array(&out);
	if (service->mode != SERVICE_NO_READER) {
		json_put_object(&out);
		json_put_key(&out, STR("slotDescription"));
		json_put_str(&out, STR("Demonstration reader"));
		if (service->mode != SERVICE_NO_CARD) {
			json_put_key(&out, STR("token"));
			json_put_object(&out);
			json_put_key(&out, STR("serialNumber"));
			json_put_str(&out, STR("TP00000000000000"));
			json_put_object_end(&out);
		}
		json_put_object_end(&out);
	}
	json_put_array_end(&out);
	json_put_object_end(&out);
	return buf_str(&buf);
}

static enum fail tbs_of(struct arena *arena, const struct json *request, struct str *out)
{
	struct str tbs = url_decoded(arena, json_text(request, STR("tbs")));

	if (str_is(json_text(request, STR("tbsEncoding")), "base64"))
		return base64_read(arena, tbs, out);
	*out = tbs;
	return OK;
}

static struct str signed_answer(struct arena *arena, const struct card *card, struct str der)
{
	struct buf buf = buf_on(arena);
	struct json_out out = begin(&buf, "sign", 0);

	json_put_key(&out, STR("signature"));
	json_put_str(&out, base64_text(arena, der.at, der.len));
	json_put_key(&out, STR("certb64"));
	json_put_str(&out, base64_text(arena, card->cert_der.at, card->cert_der.len));
	json_put_key(&out, STR("cardSN"));
	json_put_str(&out, card->card_number);
	json_put_key(&out, STR("version"));
	json_put_str(&out, STR("demo"));
	json_put_object_end(&out);
	return buf_str(&buf);
}

static struct str signature(struct arena *arena, const struct card_service *service, const struct json *request)
{
	struct str pin = url_decoded(arena, json_text(request, STR("pin"))), tbs, der;
	struct str nonce = url_decoded(arena, json_text(request, STR("nonce")));
	char *secret = str_c(arena, pin);
	struct card card;

	if (service->mode == SERVICE_NO_READER || service->mode == SERVICE_NO_CARD)
		return failed(arena, "sign", RET_UNKNOWN);
	if (service->mode == SERVICE_WRONG_PIN || (service->pin && !str_is(pin, service->pin)))
		return failed(arena, "sign", RET_REFUSED);
	if (tbs_of(arena, request, &tbs) != OK || card_open(arena, service->card, secret, pin.len, &card) != OK)
		return failed(arena, "sign", RET_REFUSED);
	enum fail fail = cms_sign(arena, &card, tbs, nonce, clock_wall_ms(), false, &der);
	struct str answer = fail == OK ? signed_answer(arena, &card, der) : failed(arena, "sign", RET_UNKNOWN);
	card_close(&card);
	return answer;
}

struct str card_service_answer(struct arena *arena, const struct card_service *service, struct str text)
{
	struct json request;

	if (service->mode == SERVICE_GARBAGE)
		return STR("<html>busy</html>");
	if (json_read(arena, text, &request) != OK || request.kind != JSON_IS_OBJECT)
		return failed(arena, "sign", RET_UNKNOWN);
	if (str_is(json_text(&request, STR("func")), "CheckEnvir"))
		return environment(arena, service);
	return signature(arena, service, &request);
}
