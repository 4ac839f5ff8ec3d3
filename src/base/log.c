/* SPDX-License-Identifier: ISC */
/*
 * The log.  Lines at the level asked for go to a descriptor; warnings and
 * information always go into a ring in memory as well, which is what a user
 * can send us after a crash without having turned on anything before.
 *
 * Nothing here allocates, so that it works when memory has run out.  The
 * clock is given by the program (log_set_clock): this folder reads none.
 *
 * Invariants: a line in the ring is shorter than LOG_LINE_MAX and holds no
 * control bytes; ring_next is where the next one goes.
 */

#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What the ring keeps without being asked. */
#define LOG_RING_LEVEL	LOG_LEVEL_INFO

enum log_level		 log_wanted = LOG_RING_LEVEL;

static enum log_level	 log_level = LOG_LEVEL_NONE;
static int		 log_fd = -1;
static usec_t		(*log_clock)(void);
static void		(*log_fatal)(void);
static char		 ring[LOG_RING_LINES][LOG_LINE_MAX];
static unsigned int	 ring_next;

static void
write_line(int fd, const char *line)
{
	char	 out[LOG_LINE_MAX + 1];
	size_t	 n = strlen(line), done = 0;
	ssize_t	 r;

	memcpy(out, line, n);
	out[n++] = '\n';
	while (done < n) {
		r = write(fd, out + done, n - done);
		if (r == -1 && errno == EINTR)
			continue;
		if (r <= 0)
			return;
		done += (size_t)r;
	}
}

void
log_ring_dump(int fd)
{
	const char	*line;
	unsigned int	 i;

	for (i = 0; i < LOG_RING_LINES; i++) {
		line = ring[(ring_next + i) % LOG_RING_LINES];
		if (*line != '\0')
			write_line(fd, line);
	}
}

void
log_open_fd(enum log_level level, int fd)
{
	log_close();
	log_level = level;
	log_wanted = level > LOG_RING_LEVEL ? level : LOG_RING_LEVEL;
	log_fd = fd;
	log_ring_dump(fd);
}

int
log_open(enum log_level level, const char *path)
{
	int	fd;

	fd = open(path, O_WRONLY|O_APPEND|O_CREAT|O_CLOEXEC|O_NOFOLLOW, 0600);
	if (fd == -1)
		return (-1);
	log_open_fd(level, fd);
	return (0);
}

void
log_close(void)
{
	if (log_fd > STDERR_FILENO)
		close(log_fd);
	log_fd = -1;
	log_level = LOG_LEVEL_NONE;
	log_wanted = LOG_RING_LEVEL;
}

void
log_set_clock(usec_t (*clock)(void))
{
	log_clock = clock;
}

void
log_set_fatal(void (*fn)(void))
{
	log_fatal = fn;
}

static void __attribute__((format(printf, 3, 0)))
log_vline(enum log_level level, const char *func, const char *fmt, va_list ap)
{
	static const char	 mark[] = " wid";
	char			*line = ring[ring_next], *p;
	int			 errno_saved = errno, n = 0;
	usec_t			 now;

	/* The ring holds debug lines too once somebody asked for them. */
	ring_next = (ring_next + 1) % LOG_RING_LINES;
	if (log_clock != NULL) {
		now = log_clock();
		n = snprintf(line, LOG_LINE_MAX, "%" PRIu64 ".%06" PRIu64 " ",
		    now / USEC_PER_SEC, now % USEC_PER_SEC);
	}
	n += snprintf(line + n, LOG_LINE_MAX - (size_t)n, "%c %.40s: ",
	    mark[level], func);
	vsnprintf(line + n, LOG_LINE_MAX - (size_t)n, fmt, ap);
	for (p = line; *p != '\0'; p++) {
		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			*p = '?';
	}
	if (log_fd != -1 && level <= log_level)
		write_line(log_fd, line);
	errno = errno_saved;
}

void
log_line(enum log_level level, const char *func, const char *fmt, ...)
{
	va_list	ap;

	va_start(ap, fmt);
	log_vline(level, func, fmt, ap);
	va_end(ap);
}

/* The last words; twice at most, should saying them fail in turn. */
static void
last_words(const char *text)
{
	static bool	dying;

	if (!dying) {
		dying = true;
		if (log_fatal != NULL)
			log_fatal();
		log_ring_dump(STDERR_FILENO);
	}
	write_line(STDERR_FILENO, text);
	if (log_fd != -1 && log_fd != STDERR_FILENO)
		write_line(log_fd, text);
}

static void __attribute__((format(printf, 2, 0)))
say_fatal(const char *error, const char *fmt, va_list ap)
{
	char	text[LOG_LINE_MAX];
	size_t	n;

	memcpy(text, "rmux: ", 6);
	vsnprintf(text + 6, sizeof text - 6, fmt, ap);
	n = strlen(text);
	if (error != NULL)
		snprintf(text + n, sizeof text - n, ": %s", error);
	last_words(text);
}

void
fatal(const char *fmt, ...)
{
	const char	*error = strerror(errno);
	va_list		 ap;

	va_start(ap, fmt);
	say_fatal(error, fmt, ap);
	va_end(ap);
	exit(1);
}

void
fatalx(const char *fmt, ...)
{
	va_list	ap;

	va_start(ap, fmt);
	say_fatal(NULL, fmt, ap);
	va_end(ap);
	exit(1);
}

void
log_must_failed(const char *file, int line, const char *func, const char *expr)
{
	char	text[LOG_LINE_MAX];

	snprintf(text, sizeof text, "rmux: bug: %s:%d: %s: %s is not true",
	    file, line, func, expr);
	last_words(text);
	abort();
}
