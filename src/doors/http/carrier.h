/* Between libmicrohttpd and an exchange: the only files that know the library are carrier.c and
 * server.c. */
#ifndef YOUJU_DOORS_HTTP_CARRIER_H
#define YOUJU_DOORS_HTTP_CARRIER_H

#include <microhttpd.h>

#include "doors/http/exchange.h"
#include "doors/http/link.h"
#include "doors/http/meter.h"

enum { EXCHANGES_KEPT_MAX = 256 };

struct server {
	struct MHD_Daemon *daemons[2];
	struct door { struct server *server; enum listener listener; } doors[2];
	const struct site *site;
	struct connections connections;
	struct exchange *spare; /* emptied, for reuse */
	size_t spare_count;
	struct link link;
	struct meter meter;
	int epoll_fd;
};

/* Callbacks of libmicrohttpd; cls is a struct door. */
void *carrier_request_line(void *cls, const char *uri, struct MHD_Connection *connection);
enum MHD_Result carrier_access(void *cls, struct MHD_Connection *connection, const char *url,
                               const char *method, const char *version, const char *data,
                               size_t *data_len, void **context);
void carrier_completed(void *cls, struct MHD_Connection *connection, void **context,
                       enum MHD_RequestTerminationCode why);
void carrier_connection(void *cls, struct MHD_Connection *connection, void **context,
                        enum MHD_ConnectionNotificationCode what);
void carrier_resume(struct exchange *exchange);

#endif
