/* SPDX-License-Identifier: ISC */
/* links: wire base */
/*
 * Readers never leave their input, whatever is asked of them: the first bytes
 * say what to read, the rest is what is read from.
 */

#include <stdlib.h>

#include "base/log.h"
#include "wire/reader.h"
#include "wire/record.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
inside(const struct reader *r, const uint8_t *p, size_t n)
{
	must(r->p >= p && r->p <= p + n && r->end <= p + n);
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct reader	 r, sub;
	struct record	 rec;
	const uint8_t	*s;
	unsigned int	 sum = 0;
	size_t		 i, j, len, ops = n < 16 ? n : 16;

	reader_init(&r, p + ops, n - ops);
	for (i = 0; i < ops; i++) {
		switch (p[i] & 7) {
		case 0:
			reader_u8(&r);
			break;
		case 1:
			reader_u16(&r);
			break;
		case 2:
			reader_u64(&r);
			break;
		case 3:
			must(reader_varint(&r) <= VARINT_MAX);
			break;
		case 4:
			reader_svarint(&r);
			break;
		case 5:
			if ((s = reader_bytes(&r, p[i] >> 3)) == NULL)
				break;
			for (j = 0; j < (size_t)(p[i] >> 3); j++)
				sum ^= s[j];
			break;
		case 6:
			s = reader_str(&r, p[i], &len);
			must(len <= p[i] && (s != NULL || len == 0));
			for (j = 0; j < len; j++)
				sum ^= s[j];
			break;
		default:
			reader_sub(&r, p[i] >> 3, &sub);
			reader_varint(&sub);
		}
		inside(&r, p, n);
	}
	for (i = 0; i < n; i += rec.size) {
		if (record_next(p + i, n - i, 1000, &rec) != 1)
			break;
		must(rec.len <= 1000 && rec.size <= n - i);
		must(rec.payload + rec.len == p + i + rec.size);
		for (j = 0; j < rec.len; j++)
			sum ^= rec.payload[j];
	}
	/* So that the reading is not left out. */
	return (sum > 255);
}
