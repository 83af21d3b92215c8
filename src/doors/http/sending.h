/* Head and body of a reply leave together. libmicrohttpd hands them to TLS as two records, each with a system
 * call and a segment of its own; here the first waits for the second. Nothing else changes: the order of
 * bytes is TLS's, and what waits is never more than one head. */
#ifndef YOUJU_DOORS_HTTP_SENDING_H
#define YOUJU_DOORS_HTTP_SENDING_H

#include <gnutls/gnutls.h>
#include <stdbool.h>

#include "base/buf.h"

struct sending {
	int fd;
	bool holds; /* the next record waits */
	struct buf held;
};

/* For a session whose transport pointer for sending is the sending. */
void sending_open(struct sending *sending, gnutls_session_t tls, int fd);
void sending_hold(struct sending *sending); /* a head and then a body come */
void sending_end(struct sending *sending); /* the reply is over, also one that lost its body */
void sending_close(struct sending *sending);

#endif
