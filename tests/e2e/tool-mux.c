/* SPDX-License-Identifier: ISC */

/*
 * tool-mux.c - times a multiplexer from outside, for tests/bench.
 *
 *	tool-mux time COMMAND
 *		seconds that a shell command takes
 *	tool-mux attached FILE ATTACH-COMMAND
 *		attach in a pty, then print three times in seconds: until the
 *		file that "cat" prints in the pane is shown to its end; the
 *		median of the echo of 100 keys; until the first screen was drawn
 *
 * The attached session's active pane must run "cat" or a shell with echo.
 */

#include <sys/ioctl.h>
#include <sys/wait.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#define KEYS	100
#define GIVE_UP	20.0	/* seconds */

static int	fd;
static char	window[8192];	/* the newest bytes that were drawn */
static size_t	filled;

static double
now(void)
{
	struct timespec	ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ((double)ts.tv_sec + (double)ts.tv_nsec / 1e9);
}

static void
put(const char *s)
{
	if (write(fd, s, strlen(s)) < 0)
		perror("tool-mux");
}

/* Read until these bytes were drawn, or (NULL) nothing for 0.3 s. */
static void
drawn(const char *what)
{
	struct pollfd	pfd = { .fd = fd, .events = POLLIN };
	double		end = now() + GIVE_UP;
	char		chunk[4096];
	ssize_t		n;

	for (;;) {
		if (what != NULL &&
		    memmem(window, filled, what, strlen(what)) != NULL)
			return;
		if (poll(&pfd, 1, what == NULL ? 300 : 1000) == 0 &&
		    what == NULL)
			return;
		if (now() > end) {
			fprintf(stderr, "tool-mux: never drawn: %s\n",
			    what != NULL ? what : "");
			exit(1);
		}
		if (pfd.revents == 0)
			continue;
		if ((n = read(fd, chunk, sizeof chunk)) <= 0) {
			fprintf(stderr, "tool-mux: the client ended\n");
			exit(1);
		}
		if (filled + (size_t)n > sizeof window) {
			size_t keep = 200 < filled ? 200 : filled;
			memmove(window, window + filled - keep, keep);
			filled = keep;
		}
		memcpy(window + filled, chunk, (size_t)n);
		filled += (size_t)n;
	}
}

static int
compare(const void *a, const void *b)
{
	double	x = *(const double *)a, y = *(const double *)b;

	return (x < y ? -1 : x > y);
}

static int
attached(const char *file, const char *command)
{
	struct winsize	 ws = { .ws_row = 24, .ws_col = 80 };
	double		 start, first, flood, keys[KEYS];
	char		*slave, text[4096], key[2] = "";
	pid_t		 pid;
	int		 i, s;

	fd = posix_openpt(O_RDWR | O_NOCTTY);
	if (fd == -1 || grantpt(fd) != 0 || unlockpt(fd) != 0 ||
	    (slave = ptsname(fd)) == NULL)
		return (1);
	ioctl(fd, TIOCSWINSZ, &ws);
	start = now();
	if ((pid = fork()) == 0) {
		setsid();
		if ((s = open(slave, O_RDWR)) == -1)
			_exit(1);
		ioctl(s, TIOCSCTTY, 0);
		ioctl(s, TIOCSWINSZ, &ws);
		for (i = 0; i < 3; i++)
			dup2(s, i);
		execl("/bin/sh", "sh", "-c", command, (char *)NULL);
		_exit(1);
	}
	drawn("[b");
	first = now() - start;
	drawn(NULL);
	/* A shell beside the first window. */
	put("\002c");
	drawn(NULL);
	filled = 0;
	snprintf(text, sizeof text, "cat %s; echo the-$((1+1))nd\r", file);
	start = now();
	put(text);
	drawn("the-2nd");
	flood = now() - start;
	put("clear; exec cat\r");
	drawn(NULL);
	for (i = 0; i < KEYS; i++) {
		key[0] = (char)('a' + i % 26);
		filled = 0;
		start = now();
		put(key);
		drawn(key);
		keys[i] = now() - start;
		if (i % 60 == 59) {
			put("\r");
			drawn(NULL);
		}
		/* As keys come: not in the wake of the last one. */
		poll(NULL, 0, 10);
	}
	qsort(keys, KEYS, sizeof *keys, compare);
	put("\004");
	put("\002d");
	close(fd);
	waitpid(pid, NULL, 0);
	printf("%.6f %.6f %.6f\n", flood, keys[KEYS / 2], first);
	return (0);
}

int
main(int argc, char **argv)
{
	double	start = now();

	signal(SIGPIPE, SIG_IGN);
	if (argc == 3 && strcmp(argv[1], "time") == 0) {
		if (system(argv[2]) != 0)
			return (1);
		printf("%.6f\n", now() - start);
		return (0);
	}
	if (argc == 4 && strcmp(argv[1], "attached") == 0)
		return (attached(argv[2], argv[3]));
	fprintf(stderr, "usage: tool-mux time command | attached file command\n");
	return (2);
}
