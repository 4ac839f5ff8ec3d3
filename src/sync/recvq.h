/* SPDX-License-Identifier: ISC */
#ifndef SYNC_RECVQ_H
#define SYNC_RECVQ_H

#include <stddef.h>
#include <stdint.h>

#include "sync/ranges.h"

/*
 * Bytes of a reliable stream on their way in, by offset, in any order:
 *
 *	0 ... read               ...            read + window
 *	gone  | there, in order | holes and more |
 */
struct recvq {
	uint8_t		*data;		/* data[0] is offset base */
	size_t		 cap;
	uint64_t	 base;		/* at most read */
	uint64_t	 read;
	size_t		 window;
	struct ranges	 have;		/* from read on */
};

void	 recvq_init(struct recvq *, size_t window);
void	 recvq_fini(struct recvq *);

/*
 * Bytes came.  What was read already is ignored.  0; -1 if they lie beyond
 * the window or there are too many holes; then the sender broke the rules.
 */
int	 recvq_add(struct recvq *, uint64_t off, const uint8_t *, size_t);

/* Bytes in order that are not read yet; NULL if none. */
const uint8_t *recvq_peek(const struct recvq *, size_t *n);
void	 recvq_consume(struct recvq *, size_t);

#endif /* SYNC_RECVQ_H */
