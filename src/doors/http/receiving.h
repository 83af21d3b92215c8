/* Records are read ahead. GnuTLS asks for the five bytes of a record's head and then for the rest, a system call
 * each; here the first takes what a usual request is long, and the second finds it here. The bytes are as they
 * came over the network, still encrypted. */
#ifndef YOUJU_DOORS_HTTP_RECEIVING_H
#define YOUJU_DOORS_HTTP_RECEIVING_H

#include <gnutls/gnutls.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

enum { RECEIVED_BYTES_MAX = 2048 };

struct receiving {
	int fd;
	bool rests;
	size_t len, taken; /* of bytes */
	uint8_t bytes[RECEIVED_BYTES_MAX];
};

/* For a session whose transport pointer is the receiving; the descriptor does not block. */
void receiving_open(struct receiving *receiving, gnutls_session_t tls, int fd);

/* While the keeper has a request its connection is not watched, and is watched anew when the reply is out: what
 * arrives meanwhile is seen then. So nobody needs to look in between, which the library does on waking. */
void receiving_rest(struct receiving *receiving, bool rests);

/* What GnuTLS calls: as recv. */
ssize_t receiving_pull(gnutls_transport_ptr_t context, void *at, size_t len);

#endif
