/* SPDX-License-Identifier: ISC */
#ifndef WIRE_RECORD_H
#define WIRE_RECORD_H

#include <stddef.h>
#include <stdint.h>

#include "wire/writer.h"

/*
 * Records in a byte stream or in a message: a tag (one byte), the length of
 * the payload as a varint, the payload.  A reader that does not know a tag
 * skips the record.
 */
#define RECORD_HEAD_MAX	9	/* tag and longest length */

struct record {
	uint8_t		 tag;
	const uint8_t	*payload;	/* into the input */
	size_t		 len;		/* of the payload */
	size_t		 size;		/* of the whole record */
};

/*
 * Look for a whole record at the start of n bytes that came in so far.
 * Returns 1 and fills in *rec; 0 if more bytes are needed; -1 if the length
 * of the payload is above max, so that the stream is beyond repair.
 */
int	record_next(const uint8_t *, size_t n, size_t max, struct record *rec);

/* Write one; the writer is full when it does not fit (see wire/writer.h). */
void	record_write(struct writer *, uint8_t tag, const void *, size_t);

/*
 * Write one whose length is not known beforehand, the payload being written
 * between the two calls.  At most RECORD_OPEN_MAX bytes of payload; a
 * longer one sets full.  begin returns the mark that end wants.
 */
#define RECORD_OPEN_MAX	16383
size_t	record_begin(struct writer *, uint8_t tag);
void	record_end(struct writer *, size_t mark);

#endif /* WIRE_RECORD_H */
