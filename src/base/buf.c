/* SPDX-License-Identifier: ISC */
/*
 * Growable bytes with a maximum.
 *
 *	data        off              off + len        cap
 *	|  consumed  |     unread     |     free      |
 *
 * The maximum is on the unread bytes and must be given: a buffer without one
 * is how a peer that does not read makes us swell.  Consuming only moves off;
 * the unread bytes are moved to the front when room is needed and at least
 * as much has been consumed as is moved, so that each byte is moved at most
 * about once for each time it is written.
 *
 * Invariants: off + len <= cap; len <= max; data is NULL only if cap is 0.
 */

#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/xmalloc.h"

#define BUF_CAP_MIN	64

void
buf_init(struct buf *b, size_t max)
{
	memset(b, 0, sizeof *b);
	b->max = max;
}

void
buf_fini(struct buf *b)
{
	free(b->data);
	b->data = NULL;
	b->off = b->len = b->cap = 0;
}

struct buf *
buf_new(size_t max)
{
	struct buf	*b = xmalloc(sizeof *b);

	buf_init(b, max);
	return (b);
}

void
buf_free(struct buf *b)
{
	if (b == NULL)
		return;
	buf_fini(b);
	free(b);
}

size_t
buf_len(const struct buf *b)
{
	return (b->len);
}

uint8_t *
buf_data(const struct buf *b)
{
	return (b->data == NULL ? NULL : b->data + b->off);
}

size_t
buf_space(const struct buf *b)
{
	return (b->max - b->len);
}

uint8_t *
buf_reserve(struct buf *b, size_t n)
{
	size_t	need, cap;

	if (n > b->max - b->len)
		return (NULL);
	if (b->data != NULL && n <= b->cap - b->off - b->len)
		return (b->data + b->off + b->len);

	need = b->len + n;
	if (b->data != NULL && b->off >= b->len && need <= b->cap) {
		if (b->len != 0)
			memmove(b->data, b->data + b->off, b->len);
		b->off = 0;
	} else {
		cap = b->cap < BUF_CAP_MIN ? BUF_CAP_MIN : b->cap;
		while (cap - b->off < need)
			cap = cap > SIZE_MAX / 2 ? b->off + need : cap * 2;
		b->data = xrealloc(b->data, cap);
		b->cap = cap;
	}
	return (b->data + b->off + b->len);
}

void
buf_commit(struct buf *b, size_t n)
{
	must(n <= b->cap - b->off - b->len && n <= b->max - b->len);
	b->len += n;
}

int
buf_add(struct buf *b, const void *p, size_t n)
{
	uint8_t	*to;

	if ((to = buf_reserve(b, n)) == NULL)
		return (-1);
	if (n != 0)
		memcpy(to, p, n);
	b->len += n;
	return (0);
}

int
buf_addc(struct buf *b, uint8_t c)
{
	uint8_t	*to;

	if ((to = buf_reserve(b, 1)) == NULL)
		return (-1);
	*to = c;
	b->len++;
	return (0);
}

int
buf_addstr(struct buf *b, const char *s)
{
	return (buf_add(b, s, strlen(s)));
}

int
buf_addf(struct buf *b, const char *fmt, ...)
{
	va_list	ap;
	int	r;

	va_start(ap, fmt);
	r = buf_vaddf(b, fmt, ap);
	va_end(ap);
	return (r);
}

int
buf_vaddf(struct buf *b, const char *fmt, va_list ap)
{
	char	 small[256], *s = small;
	va_list	 again;
	int	 n, r;

	va_copy(again, ap);
	n = vsnprintf(small, sizeof small, fmt, again);
	va_end(again);
	must(n >= 0);
	if ((size_t)n > buf_space(b))
		return (-1);
	if ((size_t)n >= sizeof small)
		n = xvasprintf(&s, fmt, ap);
	r = buf_add(b, s, (size_t)n);
	if (s != small)
		free(s);
	return (r);
}

void
buf_drain(struct buf *b, size_t n)
{
	must(n <= b->len);
	b->off += n;
	b->len -= n;
	if (b->len == 0)
		b->off = 0;
}

void
buf_clear(struct buf *b)
{
	b->off = b->len = 0;
}

void
buf_wipe(struct buf *b)
{
	if (b->data != NULL)
		mem_wipe(b->data, b->cap);
	buf_clear(b);
}
