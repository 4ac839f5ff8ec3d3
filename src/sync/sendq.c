/* SPDX-License-Identifier: ISC */

/*
 * See the header.  The sets of lost and acknowledged bytes are bounded by the
 * number of packets in flight, as each packet adds at most one range; should
 * a set be full all the same, `lost' becomes everything and `acked' forgets,
 * which costs bytes and nothing else.
 */

#include "sync/sendq.h"

#include <string.h>

#include "wire/messages.h"

#define RANGES_MAX	(2 * PACKETS_TRACKED_MAX)

void
sendq_init(struct sendq *q, size_t max)
{
	memset(q, 0, sizeof *q);
	buf_init(&q->data, max);
	ranges_init(&q->lost, RANGES_MAX);
	ranges_init(&q->acked, RANGES_MAX);
}

void
sendq_fini(struct sendq *q)
{
	buf_wipe(&q->data);
	buf_fini(&q->data);
	ranges_fini(&q->lost);
	ranges_fini(&q->acked);
}

uint64_t
sendq_end(const struct sendq *q)
{
	return (q->base + buf_len(&q->data));
}

const uint8_t *
sendq_at(const struct sendq *q, uint64_t off)
{
	return (buf_data(&q->data) + (off - q->base));
}

size_t
sendq_pick(const struct sendq *q, uint64_t limit, size_t n, uint64_t *off)
{
	uint64_t	end = sendq_end(q);

	if (q->lost.n > 0) {
		*off = q->lost.v[0].first;
		end = q->lost.v[0].end;
	} else {
		*off = q->next;
		if (end > limit)
			end = limit;
	}
	if (*off >= end)
		return (0);
	return (end - *off < n ? (size_t)(end - *off) : n);
}

void
sendq_sent(struct sendq *q, uint64_t off, size_t n)
{
	if (ranges_sub(&q->lost, off, off + n) != 0)
		return;			/* is sent once more, no harm */
	if (off + n > q->next)
		q->next = off + n;
}

void
sendq_acked(struct sendq *q, uint64_t off, size_t n)
{
	uint64_t	end = off + n;

	if (off < q->base)
		off = q->base;
	if (off >= end)
		return;
	ranges_sub(&q->lost, off, end);
	ranges_add(&q->acked, off, end);
}

void
sendq_lost(struct sendq *q, uint64_t off, size_t n)
{
	uint64_t	end = off + n;
	unsigned	i;

	if (off < q->base)
		off = q->base;
	if (off >= end)
		return;
	if (ranges_add(&q->lost, off, end) != 0) {
		ranges_clear(&q->lost);
		ranges_add(&q->lost, q->base, q->next);
	}
	for (i = 0; i < q->acked.n; i++)
		ranges_sub(&q->lost, q->acked.v[i].first, q->acked.v[i].end);
}

void
sendq_release(struct sendq *q, uint64_t x)
{
	if (x <= q->base)
		return;
	buf_drain(&q->data, (size_t)(x - q->base));
	q->base = x;
	if (q->next < x)
		q->next = x;
	ranges_trim(&q->lost, x);
	ranges_trim(&q->acked, x);
}
