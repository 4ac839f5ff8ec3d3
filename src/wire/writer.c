/* SPDX-License-Identifier: ISC */
/* Numbers to bytes; all or nothing for each call, and sticky when full. */

#include "wire/writer.h"

#include <string.h>

#include "base/log.h"

void
writer_init(struct writer *w, void *p, size_t cap)
{
	w->base = w->p = p;
	w->end = w->base + cap;
	w->full = false;
}

static uint8_t *
room(struct writer *w, size_t n)
{
	uint8_t	*p = w->p;

	if (w->full || n > (size_t)(w->end - p)) {
		w->full = true;
		return (NULL);
	}
	w->p += n;
	return (p);
}

static void
number(struct writer *w, uint64_t v, size_t n)
{
	uint8_t	*p = room(w, n);

	if (p == NULL)
		return;
	while (n-- > 0) {
		p[n] = (uint8_t)v;
		v >>= 8;
	}
}

void
writer_u8(struct writer *w, uint8_t v)
{
	number(w, v, 1);
}

void
writer_u16(struct writer *w, uint16_t v)
{
	number(w, v, 2);
}

void
writer_u32(struct writer *w, uint32_t v)
{
	number(w, v, 4);
}

void
writer_u64(struct writer *w, uint64_t v)
{
	number(w, v, 8);
}

size_t
varint_len(uint64_t v)
{
	return (v < 1 << 6 ? 1 : v < 1 << 14 ? 2 : v < 1 << 30 ? 4 : 8);
}

size_t
svarint_len(int64_t v)
{
	return (varint_len(varint_zigzag(v)));
}

uint64_t
varint_zigzag(int64_t v)
{
	return (v < 0 ? ~((uint64_t)v << 1) : (uint64_t)v << 1);
}

int64_t
varint_unzigzag(uint64_t v)
{
	return ((v & 1) != 0 ? -(int64_t)(v >> 1) - 1 : (int64_t)(v >> 1));
}

void
writer_varint(struct writer *w, uint64_t v)
{
	size_t	 n = varint_len(v);
	uint8_t	*p = w->p;

	must(v <= VARINT_MAX);
	number(w, v, n);
	if (!w->full)
		*p |= n == 1 ? 0 : n == 2 ? 0x40 : n == 4 ? 0x80 : 0xc0;
}

void
writer_svarint(struct writer *w, int64_t v)
{
	writer_varint(w, varint_zigzag(v));
}

void
writer_bytes(struct writer *w, const void *from, size_t n)
{
	uint8_t	*p = room(w, n);

	if (p != NULL && n != 0)
		memcpy(p, from, n);
}

void
writer_str(struct writer *w, const void *from, size_t n)
{
	if (n > writer_left(w) || varint_len(n) > writer_left(w) - n) {
		w->full = true;
		return;
	}
	writer_varint(w, n);
	writer_bytes(w, from, n);
}

size_t
writer_len(const struct writer *w)
{
	return ((size_t)(w->p - w->base));
}

size_t
writer_left(const struct writer *w)
{
	return (w->full ? 0 : (size_t)(w->end - w->p));
}

bool
writer_ok(const struct writer *w)
{
	return (!w->full);
}

size_t
writer_mark(const struct writer *w)
{
	return (writer_len(w));
}

void
writer_rewind(struct writer *w, size_t mark)
{
	must(mark <= writer_len(w));
	w->p = w->base + mark;
	w->full = false;
}
