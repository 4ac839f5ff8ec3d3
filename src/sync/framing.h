/* SPDX-License-Identifier: ISC */
#ifndef SYNC_FRAMING_H
#define SYNC_FRAMING_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "wire/messages.h"

/*
 * Packets over a byte stream (ssh's stdin and stdout, the Unix socket): each
 * has its length before it, as u16.  Packets longer than DATAGRAM_STREAM, or
 * empty ones, cannot be.
 */

/* The most that framing_add() can make of one packet. */
#define FRAMING_MAX	(MSG_FRAMING_LEN + DATAGRAM_STREAM)

/*
 * Append one packet to out.  Returns 0, or -1 if it is too long or empty, or
 * there is no room for all of it; then nothing was added.
 */
int	framing_add(struct buf *out, const uint8_t *packet, size_t n);

/*
 * Taking a stream apart.  One per stream; give it what was read, in any
 * pieces, then take packets until there are no more.  It holds at most one
 * packet that is not complete.
 */
struct framing {
	uint8_t	 head[MSG_FRAMING_LEN];
	size_t	 head_len;
	size_t	 need;			/* length of this packet */
	size_t	 have;
	uint8_t	*packet;		/* DATAGRAM_STREAM bytes */
};
void	framing_init(struct framing *);
void	framing_fini(struct framing *);

/*
 * Take bytes from *data (advancing *data and *n) until a packet is complete.
 * Returns 1 and the packet, valid until the next call; 0 when all bytes are
 * used up; -1 if the stream is malformed, which cannot be mended.
 */
int	framing_next(struct framing *, const uint8_t **data, size_t *n,
	    const uint8_t **packet, size_t *packet_len);

#endif /* SYNC_FRAMING_H */
