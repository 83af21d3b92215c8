#include "doors/cli/card.h"

#include "base/cert_cms.h"
#include "doors/cli/pin.h"

static enum fail card_sign(void *handle, struct arena *arena, struct str text, struct str nonce,
                           struct str *signature_out)
{
	return cms_sign(arena, handle, text, nonce, clock_wall_ms(), false, signature_out);
}

/* A card of tests may have no PIN; one that has is not opened by an empty one. */
static enum fail card_try(struct cli *cli, const char *path, struct str pin, struct card *out)
{
	char *copy = arena_bytes(cli->arena, pin.len + 1);

	for (size_t i = 0; i < pin.len; i++)
		copy[i] = pin.at[i];
	return card_open(cli->arena, path, copy, pin.len, out);
}

bool card_signer(struct cli *cli, const char *path, const char *pin_fd, struct signer *out)
{
	struct card *card = arena_new(cli->arena, struct card);
	enum fail fail = card_try(cli, path, STR(""), card);
	struct str pin;

	if (fail == FAIL_UNTRUSTED) {
		if (!pin_read(cli, pin_fd, str_from(path), &pin))
			return false;
		fail = card_try(cli, path, pin, card);
	}
	if (fail != OK) {
		cli_failed(cli, str_from(path), fail);
		return false;
	}
	*out = (struct signer){ .chain = card->cert_der, .sign = card_sign, .card = card };
	return true;
}

void card_signer_close(struct signer *signer)
{
	card_close(signer->card);
}
