/* A keeper that says what a test told it to say, and remembers what it heard. */
#ifndef YOUJU_TESTS_FAKE_KEEPER_H
#define YOUJU_TESTS_FAKE_KEEPER_H

#include "counter/message.h"

struct fake_keeper {
	struct arena arena;
	struct message reply;      /* to every frame that is no NONCE */
	int hang_up;               /* closes the line instead of answering, so many times */
	struct str nonce;
	int connections, heard;    /* frames that are no NONCE */
	struct message last;       /* the newest of them */
	struct str last_signed;    /* its signed_text */
	int fds[2];
	uintptr_t thread;
};

void fake_keeper_open(struct fake_keeper *fake);
void fake_keeper_close(struct fake_keeper *fake);

/* For struct counter_way; the host is the fake that was opened last. */
enum fail fake_open(const char *dir, void **host_out);
enum fail fake_reach(void *host, int *fd_out);
void fake_close(void *host);

#endif
