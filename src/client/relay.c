/* SPDX-License-Identifier: ISC */

/*
 * relay.c - what ssh runs at the far end: bytes between its stdio and the server.
 *
 * It understands nothing of what it carries: keys are agreed on between client and
 * server, and what follows is sealed.  It ends when either side does.
 */

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/xmalloc.h"
#include "client/client.h"
#include "os/sock.h"
#include "view/boot.h"

#define RELAY_BUF	65536

struct pump {
	int		from, to;
	struct buf	buf;
	bool		eof;
};

static bool
pump_read(struct pump *p)
{
	uint8_t	*room = buf_reserve(&p->buf, 4096);
	ssize_t	 n;

	if (room == NULL)
		return (true);
	n = read(p->from, room, 4096);
	if (n > 0)
		buf_commit(&p->buf, (size_t)n);
	else if (n == 0 || (errno != EAGAIN && errno != EINTR))
		p->eof = true;
	return (!p->eof);
}

static bool
pump_write(struct pump *p)
{
	ssize_t	n;

	if (buf_len(&p->buf) == 0)
		return (true);
	n = write(p->to, buf_data(&p->buf), buf_len(&p->buf));
	if (n > 0)
		buf_drain(&p->buf, (size_t)n);
	else if (n < 0 && errno != EAGAIN && errno != EINTR)
		return (false);
	return (true);
}

static int
relay_loop(int sock)
{
	struct pump	up = { .from = STDIN_FILENO, .to = sock },
			down = { .from = sock, .to = STDOUT_FILENO };
	struct pollfd	pf[4];
	bool		ok = true;

	buf_init(&up.buf, RELAY_BUF);
	buf_init(&down.buf, RELAY_BUF);
	while (ok) {
		pf[0].fd = !up.eof && buf_space(&up.buf) >= 4096 ? up.from : -1;
		pf[0].events = POLLIN;
		pf[1].fd = buf_len(&up.buf) > 0 ? up.to : -1;
		pf[1].events = POLLOUT;
		pf[2].fd = !down.eof && buf_space(&down.buf) >= 4096 ? down.from : -1;
		pf[2].events = POLLIN;
		pf[3].fd = buf_len(&down.buf) > 0 ? down.to : -1;
		pf[3].events = POLLOUT;
		if (poll(pf, 4, -1) == -1) {
			if (errno == EINTR)
				continue;
			break;
		}
		if (pf[0].fd != -1 && pf[0].revents != 0)
			pump_read(&up);
		if (pf[1].fd != -1 && pf[1].revents != 0)
			ok = pump_write(&up);
		if (pf[2].fd != -1 && pf[2].revents != 0)
			pump_read(&down);
		if (ok && pf[3].fd != -1 && pf[3].revents != 0)
			ok = pump_write(&down);
		if ((up.eof && buf_len(&up.buf) == 0) || (down.eof && buf_len(&down.buf) == 0))
			break;
	}
	buf_fini(&up.buf);
	buf_fini(&down.buf);
	return (CLIENT_EXIT_OK);
}

int
relay_main(const char *path, int (*start)(void *, char **), void *arg)
{
	char	*cause = NULL, kind = BOOT_SOCKET_REMOTE;
	int	 sock;

	signal(SIGPIPE, SIG_IGN);
	sock = os_sock_connect(path, &cause);
	if (sock == -1 && start != NULL && (errno == ENOENT || errno == ECONNREFUSED)) {
		free(cause);
		cause = NULL;
		if (start(arg, &cause) == 0)
			sock = os_sock_connect(path, &cause);
	}
	if (sock == -1) {
		fprintf(stderr, "rmux: %s\n", cause != NULL ? cause : strerror(errno));
		free(cause);
		return (CLIENT_EXIT_ERROR);
	}
	os_set_nonblock(STDIN_FILENO, true);
	os_set_nonblock(STDOUT_FILENO, true);
	/* What login files printed may have left its last line open. */
	if (write(sock, &kind, 1) != 1 || write(STDOUT_FILENO, "\n", 1) != 1)
		return (CLIENT_EXIT_ERROR);
	return (relay_loop(sock));
}
