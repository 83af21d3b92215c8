#include "fake_keeper.h"

#include <pthread.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "counter/signed.h"

static struct fake_keeper *the_fake;

void fake_keeper_open(struct fake_keeper *fake)
{
	*fake = (struct fake_keeper){ .arena = arena_open(1 << 26), .nonce = STR("nonce-1") };
	fake->reply = message_new(&fake->arena, MESSAGE_ANSWER, 0);
	the_fake = fake;
}

void fake_keeper_close(struct fake_keeper *fake)
{
	arena_close(&fake->arena);
	the_fake = NULL;
}

static bool answered(struct fake_keeper *fake, int fd, const struct message *ask)
{
	struct message nonce = message_new(&fake->arena, MESSAGE_NONCE, ask->id);

	if (ask->kind == MESSAGE_NONCE) {
		message_put(&nonce, "nonce", fake->nonce);
		return message_send(fd, &nonce) == OK;
	}
	fake->heard++;
	fake->last = *ask;
	fake->last_signed = signed_text(&fake->arena, ask);
	if (fake->hang_up-- > 0)
		return false;
	fake->reply.id = ask->id;
	return message_send(fd, &fake->reply) == OK;
}

static void *serve(void *context)
{
	struct fake_keeper *fake = context;
	struct buf pending = buf_open();
	struct message ask;
	int fd = fake->fds[1];

	while (message_receive(&fake->arena, fd, &pending, 5000, &ask) == OK && answered(fake, fd, &ask))
		;
	close(fd);
	buf_close(&pending);
	return NULL;
}

enum fail fake_open(const char *dir, void **host_out)
{
	if (strcmp(dir, "office") != 0)
		return FAIL_NOT_FOUND;
	*host_out = the_fake;
	return OK;
}

static void thread_end(struct fake_keeper *fake)
{
	if (fake->connections)
		pthread_join((pthread_t)fake->thread, NULL);
}

enum fail fake_reach(void *host, int *fd_out)
{
	struct fake_keeper *fake = host;
	pthread_t thread;

	thread_end(fake);
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fake->fds) != 0)
		return FAIL_IO;
	*fd_out = fake->fds[0];
	fake->connections++;
	if (pthread_create(&thread, NULL, serve, fake) != 0)
		return FAIL_IO;
	fake->thread = (uintptr_t)thread;
	return OK;
}

void fake_close(void *host)
{
	thread_end(host);
}
