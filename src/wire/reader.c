/* SPDX-License-Identifier: ISC */
/*
 * Bytes to numbers.  Every read goes through take(), the only place that looks
 * at the end; sticky, so that a parser checks once.
 */

#include "wire/reader.h"

#include "wire/writer.h"

void
reader_init(struct reader *r, const void *p, size_t n)
{
	static const uint8_t	nothing[1];

	/* So that reader_bytes() of nothing is not NULL. */
	r->p = p == NULL ? nothing : p;
	r->end = r->p + (p == NULL ? 0 : n);
	r->bad = p == NULL && n != 0;
}

static const uint8_t *
take(struct reader *r, size_t n)
{
	const uint8_t	*p = r->p;

	if (r->bad || n > (size_t)(r->end - p)) {
		r->bad = true;
		return (NULL);
	}
	r->p += n;
	return (p);
}

static uint64_t
number(struct reader *r, size_t n)
{
	const uint8_t	*p = take(r, n);
	uint64_t	 v = 0;
	size_t		 i;

	if (p == NULL)
		return (0);
	for (i = 0; i < n; i++)
		v = v << 8 | p[i];
	return (v);
}

uint8_t
reader_u8(struct reader *r)
{
	return ((uint8_t)number(r, 1));
}

uint16_t
reader_u16(struct reader *r)
{
	return ((uint16_t)number(r, 2));
}

uint32_t
reader_u32(struct reader *r)
{
	return ((uint32_t)number(r, 4));
}

uint64_t
reader_u64(struct reader *r)
{
	return (number(r, 8));
}

uint64_t
reader_varint(struct reader *r)
{
	size_t	n;

	if (r->bad || r->p == r->end) {
		r->bad = true;
		return (0);
	}
	/* The two highest bits of the first byte are log2 of the length. */
	n = (size_t)1 << (*r->p >> 6);
	return (number(r, n) & (UINT64_MAX >> (64 - 8 * n + 2)));
}

uint64_t
reader_varint_max(struct reader *r, uint64_t max)
{
	uint64_t	v = reader_varint(r);

	if (v > max) {
		r->bad = true;
		return (0);
	}
	return (v);
}

int64_t
reader_svarint(struct reader *r)
{
	return (varint_unzigzag(reader_varint(r)));
}

const uint8_t *
reader_bytes(struct reader *r, size_t n)
{
	return (take(r, n));
}

const uint8_t *
reader_str(struct reader *r, size_t max, size_t *len)
{
	uint64_t	 n = reader_varint_max(r, max);
	const uint8_t	*p = take(r, (size_t)n);

	*len = p == NULL ? 0 : (size_t)n;
	return (p);
}

void
reader_sub(struct reader *r, size_t n, struct reader *sub)
{
	const uint8_t	*p = take(r, n);

	reader_init(sub, p, p == NULL ? 0 : n);
	sub->bad = p == NULL;
}

size_t
reader_left(const struct reader *r)
{
	return (r->bad ? 0 : (size_t)(r->end - r->p));
}

bool
reader_ok(const struct reader *r)
{
	return (!r->bad);
}

void
reader_fail(struct reader *r)
{
	r->bad = true;
}
