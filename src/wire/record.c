/* SPDX-License-Identifier: ISC */
/*
 * Framing of records: tag, length, payload.
 *
 *	+-----+-----------------+---------...---------+
 *	| tag | length (varint) | payload (length)    |
 *	+-----+-----------------+---------...---------+
 */

#include "wire/record.h"

#include <string.h>

#include "wire/reader.h"

int
record_next(const uint8_t *p, size_t n, size_t max, struct record *rec)
{
	struct reader	r;
	uint64_t	len;

	reader_init(&r, p, n);
	rec->tag = reader_u8(&r);
	len = reader_varint(&r);
	if (!reader_ok(&r))
		return (0);
	if (len > max)
		return (-1);
	if (len > reader_left(&r))
		return (0);
	rec->len = (size_t)len;
	rec->payload = reader_bytes(&r, rec->len);
	rec->size = n - reader_left(&r);
	return (1);
}

void
record_write(struct writer *w, uint8_t tag, const void *payload, size_t len)
{
	size_t	mark = writer_mark(w);

	writer_u8(w, tag);
	writer_str(w, payload, len);
	if (!writer_ok(w)) {
		writer_rewind(w, mark);
		w->full = true;
	}
}

size_t
record_begin(struct writer *w, uint8_t tag)
{
	size_t	mark = writer_mark(w);

	writer_u8(w, tag);
	writer_u16(w, 0);
	return (mark);
}

void
record_end(struct writer *w, size_t mark)
{
	uint8_t	*p = w->base + mark;
	size_t	 len;

	if (w->full)
		return;
	len = writer_len(w) - mark - 3;
	if (len > RECORD_OPEN_MAX) {
		w->full = true;
		return;
	}
	/* Room for two bytes of length was left; a short one needs but one. */
	if (varint_len(len) == 1) {
		p[1] = (uint8_t)len;
		memmove(p + 2, p + 3, len);
		w->p--;
	} else {
		p[1] = (uint8_t)(0x40 | len >> 8);
		p[2] = (uint8_t)len;
	}
}
