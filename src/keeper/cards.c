/* What a card says, judged: chain, revocation, kind, and to whom it is bound. */
#include "keeper/parts.h"

#include <stdio.h>
#include <string.h>

#include "base/cert_cms.h"
#include "base/der.h"
#include "base/diag.h"

enum { TRUST_AGAIN_MS = 5000 };

/* Of a citizen card, and of an agency certificate. */
static const struct fault { enum refusal card, agency; } faults[] = {
	[CERT_GOOD] = { REFUSED_NOT, REFUSED_NOT },
	[CERT_MALFORMED] = { REFUSED_CARD_UNFIT, REFUSED_AGENCY_CARD_INVALID },
	[CERT_WEAK_ALGORITHM] = { REFUSED_CARD_UNFIT, REFUSED_AGENCY_CARD_INVALID },
	[CERT_UNKNOWN_CRITICAL] = { REFUSED_CARD_UNFIT, REFUSED_AGENCY_CARD_INVALID },
	[CERT_UNKNOWN_CA] = { REFUSED_CARD_FOREIGN, REFUSED_AGENCY_CARD_INVALID },
	[CERT_WRONG_SIGNATURE] = { REFUSED_CARD_FOREIGN, REFUSED_AGENCY_CARD_INVALID },
	[CERT_CA_NOT_ALLOWED] = { REFUSED_CARD_FOREIGN, REFUSED_AGENCY_CARD_INVALID },
	[CERT_CA_EXPIRED] = { REFUSED_CARD_FOREIGN, REFUSED_AGENCY_CARD_INVALID },
	[CERT_CA_REVOKED] = { REFUSED_CARD_FOREIGN, REFUSED_AGENCY_CARD_INVALID },
	[CERT_NOT_YET_VALID] = { REFUSED_CARD_EXPIRED, REFUSED_AGENCY_CARD_EXPIRED },
	[CERT_EXPIRED] = { REFUSED_CARD_EXPIRED, REFUSED_AGENCY_CARD_EXPIRED },
	[CERT_WRONG_USAGE] = { REFUSED_CARD_UNFIT, REFUSED_AGENCY_CARD_INVALID },
	[CERT_CRL_MISSING] = { REFUSED_REVOCATION_STALE, REFUSED_REVOCATION_STALE },
	[CERT_REVOKED] = { REFUSED_CARD_REVOKED, REFUSED_AGENCY_CARD_REVOKED },
	[CERT_CRL_STALE] = { REFUSED_REVOCATION_STALE, REFUSED_REVOCATION_STALE },
	[CERT_WRONG_KIND] = { REFUSED_CARD_UNFIT, REFUSED_AGENCY_CARD_OTHER_KIND },
	[CERT_NAME_MISSING] = { REFUSED_CARD_UNFIT, REFUSED_AGENCY_CARD_INVALID },
	[CERT_LAST_FOUR_MISSING] = { REFUSED_CARD_UNFIT, REFUSED_AGENCY_CARD_INVALID },
};
static_assert(ARRAY_LEN(faults) == CERT_VERDICT_COUNT, "every verdict on a card is a refusal");

/* Authorities and revocation lists are files that the operator renews while we run. */
enum fail trust_refresh(struct keeper *keeper)
{
	char path[PATH_BYTES_MAX + 16];
	struct str bad;

	if (keeper->trust && keeper_mono_ms(keeper) < keeper->trust_until_ms)
		return OK;
	AUTO(arena_close) struct arena arena = arena_open(64 << 20);
	keeper->trust_until_ms = keeper_mono_ms(keeper) + TRUST_AGAIN_MS;
	snprintf(path, sizeof path, "%s/tls", keeper->dir);
	if (trust_follow(&keeper->trust, &arena, path, &bad))
		memset(keeper->known_cards, 0, sizeof keeper->known_cards);
	if (bad.len)
		diag_error("not usable below tls/: %.*s", STR_FMT(bad));
	return OK;
}

static enum fail leaf_take(struct str chain, struct str *out)
{
	struct der leaf;

	TRY(der_take_tag(&chain, DER_SEQUENCE, &leaf));
	*out = leaf.whole;
	return OK;
}

static enum fail holder_find(struct act *act, struct fact_card *card)
{
	struct facts_context context = facts_context_of(act);

	return load_holder(&context, card);
}

/* Everything about the card but its fault, which the verdict says. */
static enum fail chain_judge(struct act *act, struct str chain, struct cert_limits limits,
                             struct cert_report *report, struct fact_card *out, enum cert_verdict *verdict_out)
{
	struct str leaf = STR("");

	*out = (struct fact_card){ .presented = true };
	*verdict_out = CERT_MALFORMED;
	TRY(trust_refresh(act->keeper));
	if (leaf_take(chain, &leaf) != OK)
		return OK;
	limits.crl_refuse_hours = (int)act->keeper->limits.crl_hours;
	limits.allow_curves = act->keeper->demo;
	*verdict_out = cert_check(act->keeper->trust, act->arena, leaf, keeper_wall_ms(act->keeper), &limits, report);
	if (*verdict_out == CERT_MALFORMED)
		return OK;
	*out = (struct fact_card){
		.presented = true,
		.name = report->facts.common_name,
		.last_four = report->facts.last_four,
		.serial = report->facts.serial,
		.number = report->facts.card_number,
		.fingerprint = hex_text(act->arena, report->facts.fingerprint.at, HASH_BYTES),
		.valid_to = time_local_date(report->facts.not_after_ms), .known_valid_to = DATE_NONE,
	};
	if (*verdict_out == CERT_GOOD && ocsp_revokes(act, leaf, &report->facts))
		*verdict_out = CERT_REVOKED;
	return OK;
}

enum fail card_judge(struct act *act, struct str chain, struct fact_card *out)
{
	struct cert_report report = { 0 };
	enum cert_verdict verdict;

	TRY(chain_judge(act, chain, CERT_LIMITS_PERSON, &report, out, &verdict));
	out->fault = faults[verdict].card;
	out->unproven = true;
	return out->serial.len ? holder_find(act, out) : OK;
}

static enum fail agency_judge(struct act *act, struct str chain, struct fact_card *out)
{
	struct cert_limits limits = CERT_LIMITS_PERSON;
	struct cert_report report = { 0 };
	enum cert_verdict verdict;

	limits.kinds = 1u << CERT_AGENCY; /* a unit's certificate speaks for no agency */
	TRY(chain_judge(act, chain, limits, &report, out, &verdict));
	out->fault = faults[verdict].agency;
	act->facts.agency_oid = out->serial.len ? report.facts.organisation_oid : STR("");
	return OK;
}

/* Services break base64 into lines. */
enum fail signature_der(struct arena *arena, struct str text, struct str *out)
{
	struct buf plain = buf_on(arena);

	for (size_t i = 0; i < text.len; i++)
		if (text.at[i] != '\n' && text.at[i] != '\r')
			buf_bytes(&plain, &text.at[i], 1);
	return base64_read(arena, buf_str(&plain), out);
}

/* Signature first, then the card that made it: chain, time, usage, revocation, kind. */
enum fail card_of_signature(struct act *act, struct str signature, struct str text, struct str nonce,
                            struct fact_card *out)
{
	struct cms_facts facts = { 0 };
	struct str der;

	*out = (struct fact_card){ .presented = true, .fault = REFUSED_CARD_SIGNATURE };
	if (signature_der(act->arena, signature, &der) != OK ||
	    cms_verify(act->arena, der, text, nonce, &facts) != CMS_GOOD)
		return OK;
	TRY(card_judge(act, facts.signer_der, out));
	out->unproven = false;
	if (!out->number.len)
		out->number = facts.card_number;
	return OK;
}

enum fail agency_of_signature(struct act *act, struct str der, struct str text, struct str nonce)
{
	struct fact_card *card = &act->facts.second_card;
	struct cms_facts facts = { 0 };

	*card = (struct fact_card){ .presented = true, .fault = REFUSED_AGENCY_SIGNATURE };
	if (cms_verify(act->arena, der, text, nonce, &facts) != CMS_GOOD)
		return OK;
	return agency_judge(act, facts.signer_der, card);
}

/* The signature must come from the very card that was presented, over our text and nonce. */
enum fail card_signed(struct act *act, struct str chain, struct str signature, struct str text,
                      struct fact_card *card)
{
	struct str nonce = message_get(act->message, "nonce"), leaf = STR(""), der;
	struct cms_facts facts = { 0 };

	card->unproven = leaf_take(chain, &leaf) != OK || base64url_read(act->arena, signature, &der) != OK ||
	                 cms_verify(act->arena, der, text, nonce, &facts) != CMS_GOOD ||
	                 !str_eq(facts.signer_der, leaf) || !str_eq(facts.nonce, nonce);
	if (card->unproven && card->fault == REFUSED_NOT)
		card->fault = REFUSED_CARD_SIGNATURE;
	if (!card->unproven && !card->number.len) /* real certificates do not say it, the signature does */
		card->number = facts.card_number;
	return OK;
}
