/* What the durable log says, entry by entry as it grows, and what of it must still be true after any
 * stop: entries stay, questions end once, requests are carried out once, sealed documents open until
 * they are destroyed and never after. Finds go to life_lost. */
#ifndef YOUJU_TESTS_POWER_WATCH_H
#define YOUJU_TESTS_POWER_WATCH_H

#include "base/crypto.h"
#include "law/events.h"

void watch_begin(void);
void watch_follow(void); /* the reader of life.h may have grown: every entry it holds is promised */
void watch_resume(void); /* after a start: what was promised is still there */

uint64_t watch_size(void);
enum event_kind watch_kind(uint64_t entry);   /* EVENT_NONE when there is no such entry */
uint64_t watch_asked(uint64_t entry);         /* of an end: its question */
bool watch_request_is(uint64_t entry, const char *request);
bool watch_root_is(uint64_t size, const struct hash *root);

void watch_erased(void);    /* on the disk as it lies: keys that were destroyed are nowhere */
void watch_documents(void); /* in the vault of a keeper that runs */
void watch_tables(void);    /* equal what the log says */

size_t watch_documents_seen(void), watch_documents_destroyed(void); /* since watch_begin */

#endif
