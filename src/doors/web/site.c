#include "doors/web/site.h"

#include "doors/api/api.h"
#include "doors/web/outcome.h"
#include "doors/web/pages.h"

#define GET(pattern, need, handler)                                                               \
	{ METHOD_GET, pattern, LISTENER_BOTH, need, BODY_NONE, 0, handler }
#define POST(pattern, kind, limit, handler)                                                        \
	{ METHOD_POST, pattern, LISTENER_BOTH, NEEDS_SESSION, kind, limit, handler }

static const struct route table[] = {
	GET("/", NEEDS_SESSION, page_home),
	GET("/sign-in", NEEDS_NOTHING, page_sign_in),
	{ METHOD_POST, "/sign-in", LISTENER_CARD, NEEDS_NOTHING, BODY_FORM, FORM_BYTES_MAX, page_sign_in_card },
	{ METHOD_POST, "/sign-in", LISTENER_WEB, NEEDS_NOTHING, BODY_FORM, FORM_BYTES_MAX, page_sign_in_challenge },
	GET("/card-help", NEEDS_NOTHING, page_card_help),
	GET("/signature", NEEDS_SESSION, page_signature),
	POST("/signature", BODY_FORM, FORM_BYTES_MAX, page_signature_post),
	POST("/sign-out", BODY_FORM, FORM_BYTES_MAX, page_sign_out),
	GET("/signed-out", NEEDS_NOTHING, page_signed_out),
	GET("/language/{to}", NEEDS_NOTHING, page_language),
	GET("/case", NEEDS_SESSION, page_case),
	GET("/ask", NEEDS_SESSION, page_ask),
	POST("/ask", BODY_FORM, FORM_BYTES_MAX, page_ask_post),
	GET("/queries", NEEDS_SESSION, page_queries),
	GET("/query", NEEDS_SESSION, page_query),
	GET("/account", NEEDS_SESSION, page_account),
	GET("/paste", NEEDS_SESSION, page_paste),
	POST("/paste", BODY_FORM, PASTE_BYTES_MAX, page_paste_post),
	POST("/release", BODY_FORM, FORM_BYTES_MAX, page_release),
	GET("/lists/{sheet}", NEEDS_SESSION, page_list),
	POST("/lists/{sheet}", BODY_FORM, FORM_BYTES_MAX, page_list_post),
	GET("/do/{command}", NEEDS_SESSION, page_command),
	POST("/do/{command}", BODY_FORM, PASTE_BYTES_MAX, page_command_post),
	GET("/together/{command}", NEEDS_SESSION, page_together),
	POST("/together/{command}", BODY_FORM, FORM_BYTES_MAX, page_together_post),
	GET("/import", NEEDS_SESSION, page_import),
	POST("/import", BODY_PARTS, UPLOAD_BYTES_MAX, page_import_post),
	GET("/import/{kind}", NEEDS_SESSION, page_import_template),
	GET("/application", NEEDS_SESSION, page_application),
	GET("/application/form", NEEDS_SESSION, page_application_form),
	GET("/application/scan", NEEDS_SESSION, page_scan),
	POST("/application/scan", BODY_PARTS, UPLOAD_BYTES_MAX, page_scan_post),
	GET("/transmit", NEEDS_SESSION, page_transmit),
	GET("/transmission", NEEDS_SESSION, page_transmission),
	POST("/transmission", BODY_FORM, FORM_BYTES_MAX, page_transmission_post),
	GET("/log", NEEDS_SESSION, page_log),
	POST("/log", BODY_FORM, FORM_BYTES_MAX, page_log_post),
	GET("/receipt", NEEDS_SESSION, page_receipt),
	GET("/about", NEEDS_NOTHING, page_about),
	GET("/assets/{name}", NEEDS_NOTHING, page_asset),
};

const struct routes web_routes = { table, ARRAY_LEN(table) };

void site_refuse(struct exchange *exchange, unsigned status)
{
	bool is_start = str_is(exchange->request.path, "/") && exchange->request.method == METHOD_GET;

	if (str_starts(exchange->request.path, STR("/api/")))
		api_refuse(exchange, status);
	else if (status == 401 && is_start)
		response_redirect(&exchange->arena, &exchange->response, STR("/sign-in"));
	else
		status_page(exchange, status);
}
