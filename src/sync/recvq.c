/* SPDX-License-Identifier: ISC */

/*
 * See the header.  Memory grows with the highest offset that came, at most to
 * twice the window, and is given back when all was read.
 */

#include "sync/recvq.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/xmalloc.h"
#include "wire/messages.h"

#define CAP_FIRST	1024

void
recvq_init(struct recvq *q, size_t window)
{
	memset(q, 0, sizeof *q);
	q->window = window;
	ranges_init(&q->have, STREAM_RANGES_MAX);
}

void
recvq_fini(struct recvq *q)
{
	if (q->data != NULL)
		mem_wipe(q->data, q->cap);	/* it may be what was typed */
	free(q->data);
	ranges_fini(&q->have);
	memset(q, 0, sizeof *q);
}

/* Make room so that the byte before end can be stored. */
static void
recvq_room(struct recvq *q, uint64_t end)
{
	size_t		 live = 0, cap;
	uint8_t		*data;

	if (end - q->base <= q->cap)
		return;
	/* Move what is still needed to the front; perhaps that is enough. */
	if (q->have.n > 0)
		live = (size_t)(q->have.v[q->have.n - 1].end - q->read);
	cap = q->cap < CAP_FIRST ? CAP_FIRST : q->cap;
	while (end - q->read > cap / 2)
		cap *= 2;
	if (cap == q->cap) {
		if (live > 0)
			memmove(q->data, q->data + (q->read - q->base), live);
	} else {
		data = xmalloc(cap);
		if (live > 0)
			memcpy(data, q->data + (q->read - q->base), live);
		if (q->data != NULL)
			mem_wipe(q->data, q->cap);
		free(q->data);
		q->data = data;
		q->cap = cap;
	}
	q->base = q->read;
}

int
recvq_add(struct recvq *q, uint64_t off, const uint8_t *p, size_t n)
{
	uint64_t	end = off + n;

	if (end < off || end > q->read + q->window)
		return (-1);
	if (end <= q->read)
		return (0);
	if (off < q->read) {
		p += q->read - off;
		off = q->read;
	}
	if (ranges_covers(&q->have, off, end))
		return (0);
	recvq_room(q, end);
	if (ranges_add(&q->have, off, end) != 0)
		return (-1);
	memcpy(q->data + (off - q->base), p, (size_t)(end - off));
	return (0);
}

const uint8_t *
recvq_peek(const struct recvq *q, size_t *n)
{
	if (q->have.n == 0 || q->have.v[0].first > q->read) {
		*n = 0;
		return (NULL);
	}
	*n = (size_t)(q->have.v[0].end - q->read);
	return (q->data + (q->read - q->base));
}

void
recvq_consume(struct recvq *q, size_t n)
{
	size_t	have;

	recvq_peek(q, &have);
	if (n > have)
		n = have;
	q->read += n;
	ranges_trim(&q->have, q->read);
	if (q->have.n == 0) {
		if (q->data != NULL)
			mem_wipe(q->data, q->cap);
		free(q->data);
		q->data = NULL;
		q->cap = 0;
		q->base = q->read;
	}
}
