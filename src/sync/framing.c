/* SPDX-License-Identifier: ISC */

/*
 * Packets in a byte stream: u16 length, packet, u16 length, packet, ...
 * The decoder copies each packet once into a buffer of its own, so that the
 * caller may read from its descriptor into anything it likes.
 */

#include "sync/framing.h"

#include <stdlib.h>
#include <string.h>

#include "base/xmalloc.h"

int
framing_add(struct buf *out, const uint8_t *packet, size_t n)
{
	uint8_t	head[MSG_FRAMING_LEN];

	if (n == 0 || n > DATAGRAM_STREAM ||
	    buf_space(out) < sizeof head + n)
		return (-1);
	head[0] = (uint8_t)(n >> 8);
	head[1] = (uint8_t)n;
	if (buf_add(out, head, sizeof head) != 0)
		return (-1);
	return (buf_add(out, packet, n));
}

void
framing_init(struct framing *f)
{
	memset(f, 0, sizeof *f);
}

void
framing_fini(struct framing *f)
{
	free(f->packet);
	memset(f, 0, sizeof *f);
}

static size_t
framing_take(uint8_t *to, size_t want, const uint8_t **data, size_t *n)
{
	if (want > *n)
		want = *n;
	memcpy(to, *data, want);
	*data += want;
	*n -= want;
	return (want);
}

int
framing_next(struct framing *f, const uint8_t **data, size_t *n,
    const uint8_t **packet, size_t *packet_len)
{
	if (f->need > DATAGRAM_STREAM)
		return (-1);
	while (*n > 0) {
		if (f->head_len < sizeof f->head) {
			f->head_len += framing_take(f->head + f->head_len,
			    sizeof f->head - f->head_len, data, n);
			if (f->head_len < sizeof f->head)
				break;
			f->need = (size_t)f->head[0] << 8 | f->head[1];
			f->have = 0;
			if (f->need == 0)	/* for ever, see above */
				f->need = SIZE_MAX;
			if (f->need > DATAGRAM_STREAM)
				return (-1);
			if (f->packet == NULL)
				f->packet = xmalloc(DATAGRAM_STREAM);
			continue;
		}
		f->have += framing_take(f->packet + f->have,
		    f->need - f->have, data, n);
		if (f->have == f->need) {
			f->head_len = 0;
			*packet = f->packet;
			*packet_len = f->need;
			return (1);
		}
	}
	return (0);
}
