/* SPDX-License-Identifier: ISC */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Growable bytes with a mandatory maximum: added at the back, consumed from
 * the front.  The unread bytes are data[off] .. data[off + len - 1]; use
 * buf_data() and buf_len() rather than the fields.
 */
struct buf {
	uint8_t	*data;
	size_t	 off;	/* where the unread bytes start */
	size_t	 len;	/* how many there are */
	size_t	 cap;	/* allocated */
	size_t	 max;	/* len never exceeds this */
};

void		 buf_init(struct buf *, size_t max);
void		 buf_fini(struct buf *);
struct buf	*buf_new(size_t max);
void		 buf_free(struct buf *);		/* NULL is allowed */

size_t		 buf_len(const struct buf *);

/*
 * The unread bytes, valid until the buffer changes; may be NULL when there
 * are none.
 */
uint8_t		*buf_data(const struct buf *);

/* How many bytes may still be added. */
size_t		 buf_space(const struct buf *);

/*
 * Add at the back.  Return 0, or -1 if the result would be longer than the
 * maximum; then nothing was added.  The bytes added may not lie in the buffer
 * itself.
 */
int		 buf_add(struct buf *, const void *, size_t);
int		 buf_addc(struct buf *, uint8_t);
int		 buf_addstr(struct buf *, const char *);
int		 buf_addf(struct buf *, const char *fmt, ...)
		    __attribute__((format(printf, 2, 3)));
int		 buf_vaddf(struct buf *, const char *fmt, va_list)
		    __attribute__((format(printf, 2, 0)));

/*
 * Room for n bytes behind the last, to be filled by the caller and then made
 * part of the buffer by buf_commit() with n or less.  NULL if the maximum
 * does not allow for n.
 */
uint8_t		*buf_reserve(struct buf *, size_t n);
void		 buf_commit(struct buf *, size_t n);

/* Consume n bytes (at most buf_len) from the front. */
void		 buf_drain(struct buf *, size_t n);

/* Forget all bytes but keep the memory; buf_wipe zeroes it first. */
void		 buf_clear(struct buf *);
void		 buf_wipe(struct buf *);

#endif /* BASE_BUF_H */
