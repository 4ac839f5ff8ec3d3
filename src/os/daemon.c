/* SPDX-License-Identifier: ISC */
/*
 * Becoming a server in the background.
 *
 *	parent -> child (setsid) -> grandchild: the server
 *	  waits     exits at once     reports through a pipe
 *
 * The pipe carries one byte, 0 for "all is well", or 1 and the cause in words.
 */

#include "os/daemon.h"

#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/xmalloc.h"
#include "os/clock.h"
#include "os/spawn.h"

#define CAUSE_MAX	4096

static void
to_dev_null(int keep_stderr)
{
	int	fd = open("/dev/null", O_RDWR|O_CLOEXEC);

	if (fd == -1)
		return;
	dup2(fd, STDIN_FILENO);
	dup2(fd, STDOUT_FILENO);
	if (!keep_stderr)
		dup2(fd, STDERR_FILENO);
	if (fd > STDERR_FILENO)
		close(fd);
}

int
os_daemon(int keep_stderr, int *ready_fd)
{
	int	fds[2], status, saved;
	pid_t	pid;

	if (os_pipe(fds) == -1)
		return (-1);
	if ((pid = fork()) == -1) {
		saved = errno;
		close(fds[0]);
		close(fds[1]);
		errno = saved;
		return (-1);
	}
	if (pid != 0) {
		close(fds[1]);
		while (waitpid(pid, &status, 0) == -1 && errno == EINTR)
			;
		*ready_fd = fds[0];
		return (1);
	}
	close(fds[0]);
	if (setsid() == -1 || (pid = fork()) == -1)
		_exit(1);
	if (pid != 0)
		_exit(0);
	if (chdir("/") == -1)
		_exit(1);
	to_dev_null(keep_stderr);
	*ready_fd = fds[1];
	return (0);
}

static void
write_all(int fd, const char *p, size_t n)
{
	ssize_t	r;

	while (n > 0) {
		r = write(fd, p, n);
		if (r == -1 && errno == EINTR)
			continue;
		if (r <= 0)
			return;
		p += r;
		n -= (size_t)r;
	}
}

void
os_daemon_ready(int ready_fd, const char *cause)
{
	char	head = cause != NULL;

	write_all(ready_fd, &head, 1);
	if (cause != NULL)
		write_all(ready_fd, cause, strnlen(cause, CAUSE_MAX));
	close(ready_fd);
}

int
os_daemon_wait(int ready_fd, int timeout_ms, char **cause)
{
	struct pollfd	pfd = { .fd = ready_fd, .events = POLLIN };
	struct buf	b;
	uint8_t		*to;
	usec_t		until, now;
	ssize_t		n;
	int		r, left;

	*cause = NULL;
	buf_init(&b, CAUSE_MAX + 1);
	until = os_clock() + (usec_t)timeout_ms * USEC_PER_MSEC;
	for (;;) {
		now = os_clock();
		left = now >= until ? 0 :
		    (int)((until - now + USEC_PER_MSEC - 1) / USEC_PER_MSEC);
		r = poll(&pfd, 1, left);
		if (r == -1 && errno == EINTR)
			continue;
		if (r <= 0) {
			*cause = xstrdup("the server did not start in time");
			break;
		}
		if ((to = buf_reserve(&b, buf_space(&b))) == NULL)
			break;
		n = read(ready_fd, to, buf_space(&b));
		if (n == -1 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		buf_commit(&b, (size_t)n);
		if (buf_data(&b)[0] == 0 || buf_space(&b) == 0)
			break;
	}
	close(ready_fd);
	if (*cause == NULL && buf_len(&b) == 0)
		*cause = xstrdup("the server ended while it was starting");
	else if (*cause == NULL && buf_data(&b)[0] != 0)
		*cause = xstrndup((char *)buf_data(&b) + 1, buf_len(&b) - 1);
	buf_fini(&b);
	return (*cause == NULL ? 0 : -1);
}
