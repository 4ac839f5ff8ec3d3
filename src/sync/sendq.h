/* SPDX-License-Identifier: ISC */
#ifndef SYNC_SENDQ_H
#define SYNC_SENDQ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "sync/ranges.h"

/*
 * Bytes of a reliable stream on their way out, by offset:
 *
 *	0 ... base         ... next            ... end
 *	gone  | held: sent     | held: not yet     |
 *	      | acked, lost or | sent              |
 *	      | in flight      |                   |
 */
struct sendq {
	struct buf	data;		/* from base on */
	uint64_t	base;
	uint64_t	next;
	struct ranges	lost;		/* to be sent again, below next */
	struct ranges	acked;		/* above base */
};

void	 sendq_init(struct sendq *, size_t max);
void	 sendq_fini(struct sendq *);

uint64_t sendq_end(const struct sendq *);
const uint8_t *sendq_at(const struct sendq *, uint64_t off);

/*
 * What to send next: lost bytes first, then new ones below limit; at most n.
 * Returns how many, 0 for none, and their offset.
 */
size_t	 sendq_pick(const struct sendq *, uint64_t limit, size_t n,
	    uint64_t *off);
void	 sendq_sent(struct sendq *, uint64_t off, size_t n);
/* Does not move base. */
void	 sendq_acked(struct sendq *, uint64_t off, size_t n);
void	 sendq_lost(struct sendq *, uint64_t off, size_t n);
/* Bytes below x are not needed any more. */
void	 sendq_release(struct sendq *, uint64_t x);

#endif /* SYNC_SENDQ_H */
