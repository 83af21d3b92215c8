/* What a page says to the signing service, and the JSON it answers with: our stand-in reads the one and must
 * write the other well-formed whatever came. */
#include "base/json.h"
#include "demo/card_service.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	const struct card_service service = { .card = "/nonexistent", .mode = len % 2 ? SERVICE_GOOD : SERVICE_NO_CARD };
	struct arena arena = arena_open(8 << 20);
	struct json answer;

	if (len <= 1 << 20)
		assert(json_read(&arena, card_service_answer(&arena, &service, str_bytes(bytes, len)), &answer) == OK);
	arena_close(&arena);
	return 0;
}
