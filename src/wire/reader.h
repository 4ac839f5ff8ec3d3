/* SPDX-License-Identifier: ISC */
#ifndef WIRE_READER_H
#define WIRE_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A cursor over bytes from a stranger.  Whatever goes wrong (too short, too
 * long, not minimal where that is asked) makes it bad, and bad it stays: every
 * later read gives 0 or NULL and consumes nothing.  So read a whole message
 * and ask reader_ok() once, before anything is acted upon.  Numbers are big
 * endian.  Pointers that are returned point into the input.
 */
struct reader {
	const uint8_t	*p;
	const uint8_t	*end;
	bool		 bad;
};

void		 reader_init(struct reader *, const void *, size_t);

uint8_t		 reader_u8(struct reader *);
uint16_t	 reader_u16(struct reader *);
uint32_t	 reader_u32(struct reader *);
uint64_t	 reader_u64(struct reader *);

/* RFC 9000, section 16: 1, 2, 4 or 8 bytes, values below 2^62. */
uint64_t	 reader_varint(struct reader *);

/* A varint not above max, or bad. */
uint64_t	 reader_varint_max(struct reader *, uint64_t max);

/* The same with the sign in the lowest bit (zigzag): |value| < 2^61. */
int64_t		 reader_svarint(struct reader *);

/* n bytes; NULL when bad.  (For n == 0 a pointer that is not NULL.) */
const uint8_t	*reader_bytes(struct reader *, size_t n);

/*
 * Length as a varint, then that many bytes (no NUL behind them).  Bad if the
 * length is above max.  Sets *len, to 0 when bad.
 */
const uint8_t	*reader_str(struct reader *, size_t max, size_t *len);

/* The next n bytes as a reader of their own; *sub is bad when r is. */
void		 reader_sub(struct reader *r, size_t n, struct reader *sub);

size_t		 reader_left(const struct reader *);	/* 0 when bad */
bool		 reader_ok(const struct reader *);
void		 reader_fail(struct reader *);

#endif /* WIRE_READER_H */
