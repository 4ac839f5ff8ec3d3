/* SPDX-License-Identifier: ISC */
#ifndef WIRE_WRITER_H
#define WIRE_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A cursor over memory of fixed size.  What does not fit is not written at
 * all, sets full, and full it stays until writer_rewind(): so write a whole
 * record, ask writer_ok() once, and rewind to the mark taken before if it did
 * not fit.  Numbers are big endian.
 */
struct writer {
	uint8_t	*base;
	uint8_t	*p;
	uint8_t	*end;
	bool	 full;
};

#define VARINT_MAX	((UINT64_C(1) << 62) - 1)
#define SVARINT_MAX	((INT64_C(1) << 61) - 1)
#define SVARINT_MIN	(-SVARINT_MAX - 1)

void	writer_init(struct writer *, void *, size_t cap);

void	writer_u8(struct writer *, uint8_t);
void	writer_u16(struct writer *, uint16_t);
void	writer_u32(struct writer *, uint32_t);
void	writer_u64(struct writer *, uint64_t);

/* At most VARINT_MAX; the shortest form.  Beyond that is a bug of ours. */
void	writer_varint(struct writer *, uint64_t);
void	writer_svarint(struct writer *, int64_t);

void	writer_bytes(struct writer *, const void *, size_t);

/* Length as a varint, then the bytes. */
void	writer_str(struct writer *, const void *, size_t);

size_t	writer_len(const struct writer *);	/* written so far */
size_t	writer_left(const struct writer *);	/* 0 when full */
bool	writer_ok(const struct writer *);

/* Undo: everything written since the mark, and full, are forgotten. */
size_t	writer_mark(const struct writer *);
void	writer_rewind(struct writer *, size_t mark);

/* How many bytes a number takes as a varint: 1, 2, 4 or 8. */
size_t	varint_len(uint64_t);
size_t	svarint_len(int64_t);

/* Signed to unsigned so that small magnitudes are small numbers. */
uint64_t varint_zigzag(int64_t);
int64_t	varint_unzigzag(uint64_t);

#endif /* WIRE_WRITER_H */
