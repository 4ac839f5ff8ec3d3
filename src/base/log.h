/* SPDX-License-Identifier: ISC */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"

/*
 * A log for people who hunt a bug: lines go to a file, if one was opened, and
 * the last of them stay in memory to be printed when the program dies.
 * Never log keys, pane text, or anything once per packet from a peer.
 */
enum log_level {
	LOG_LEVEL_NONE,
	LOG_LEVEL_WARN,
	LOG_LEVEL_INFO,
	LOG_LEVEL_DEBUG
};

#define LOG_RING_LINES	256	/* kept in memory */
#define LOG_LINE_MAX	512	/* bytes; longer lines are cut */

/*
 * Log to a file (appended to; made with mode 0600) or to a descriptor (which
 * becomes the log's).  Returns 0, or -1 with errno set.  What was logged
 * before is written first, from the ring.
 */
int	log_open(enum log_level, const char *path);
void	log_open_fd(enum log_level, int fd);
void	log_close(void);

/* Where lines get their time from; without one they carry none. */
void	log_set_clock(usec_t (*)(void));

/* Called once, before a fatal message is printed (to restore a terminal). */
void	log_set_fatal(void (*)(void));

/* Write the lines in memory, oldest first. */
void	log_ring_dump(int fd);

/*
 * printf-like; no newline at the end.  Control bytes are made visible.  Debug
 * lines cost one comparison when they are not wanted.
 */
#define log_debug(...)	LOG_AT(LOG_LEVEL_DEBUG, __VA_ARGS__)
#define log_info(...)	LOG_AT(LOG_LEVEL_INFO, __VA_ARGS__)
#define log_warn(...)	LOG_AT(LOG_LEVEL_WARN, __VA_ARGS__)

#define LOG_AT(level, ...) do {						\
	if ((level) <= log_wanted)					\
		log_line((level), __func__, __VA_ARGS__);		\
} while (0)
extern enum log_level log_wanted;
void	log_line(enum log_level, const char *func, const char *fmt, ...)
	    __attribute__((format(printf, 3, 4)));

/*
 * Print to stderr (fatal() with the error of errno behind), dump the ring
 * there and into the log, and exit(1).
 */
void	fatal(const char *fmt, ...)
	    __attribute__((format(printf, 1, 2), noreturn));
void	fatalx(const char *fmt, ...)
	    __attribute__((format(printf, 1, 2), noreturn));

/*
 * What must be true unless we have a bug.  Stays on in release builds; when
 * it fails, the ring is dumped and the program aborts.
 */
#define must(expr)							\
	((expr) ? (void)0 :						\
	    log_must_failed(__FILE__, __LINE__, __func__, #expr))
void	log_must_failed(const char *file, int line, const char *func,
	    const char *expr) __attribute__((noreturn));

#endif /* BASE_LOG_H */
