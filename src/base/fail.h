/* What can go wrong in the world, and how a function says so.
 *
 * Four words, four mechanisms: *granted* and *refused* are values of the law; *failed* is an enum
 * fail, passed up with TRY and logged once, by the door; *bug* is an assert, which stops the
 * process and so rolls back. */
#ifndef YOUJU_BASE_FAIL_H
#define YOUJU_BASE_FAIL_H

#include <assert.h>
#include <stddef.h>

enum fail {
	OK,
	FAIL_IO,        /* the operating system refused a read, a write or a flush */
	FAIL_FULL,      /* no room left on the device or in a bounded queue */
	FAIL_CORRUPT,   /* stored bytes contradict their own checksum or rule */
	FAIL_NOT_FOUND, /* the named thing does not exist */
	FAIL_SYNTAX,    /* outside bytes that do not follow their format */
	FAIL_TOO_LARGE, /* outside bytes beyond a stated limit */
	FAIL_TIMEOUT,   /* no answer before the deadline */
	FAIL_CLOSED,    /* the other side went away */
	FAIL_BUSY,      /* somebody else holds it; try again later */
	FAIL_CRYPTO,    /* the crypto library failed */
	FAIL_UNTRUSTED, /* a signature, chain, key or digest does not verify */
	FAIL_STORE,     /* the database refused */
	FAIL_CLOCK,     /* the clock went backwards by more than the rule allows */
	FAIL_CONFLICT,  /* two facts that cannot both hold */
	FAIL_COUNT
};

/* Short, stable, English; never personal. */
const char *fail_name(enum fail fail);

#define MUST_CHECK __attribute__((warn_unused_result))
#define AUTO(end) __attribute__((cleanup(end)))
#define PRINTF_LIKE(text, first) __attribute__((format(printf, text, first)))
#define ARRAY_LEN(array) (sizeof(array) / sizeof((array)[0]))

/* The only macro in the tree that may return. */
#define TRY(call)                                                                                  \
	do {                                                                                       \
		enum fail try_fail = (call);                                                       \
		if (try_fail != OK)                                                                \
			return try_fail;                                                           \
	} while (0)

#endif
