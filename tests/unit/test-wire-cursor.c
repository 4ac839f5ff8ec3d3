/* SPDX-License-Identifier: ISC */
/* Readers and writers, with the examples of RFC 9000, appendix A.1. */

#include "base/rng.h"
#include "wire/reader.h"
#include "wire/record.h"
#include "wire/writer.h"
#include "tap.h"

static void
varint(const char *bytes, size_t n, uint64_t want)
{
	struct reader	r;
	struct writer	w;
	uint8_t		out[8];
	uint64_t	v;

	reader_init(&r, bytes, n);
	v = reader_varint(&r);
	ok(reader_ok(&r) && v == want && reader_left(&r) == 0,
	    "%" PRIu64 " is read", want);
	reader_init(&r, bytes, n - 1);
	reader_varint(&r);
	ok(!reader_ok(&r), "and not from a byte less");
	if (n != 2 || want != 37) {
		writer_init(&w, out, sizeof out);
		writer_varint(&w, want);
		ok(writer_len(&w) == n && memcmp(out, bytes, n) == 0 &&
		    varint_len(want) == n, "and written");
	}
}

static void
test_varint(void)
{
	struct rng_seeded	rs;
	struct reader		r;
	struct writer		w;
	uint8_t			out[16];
	uint64_t		v;
	int64_t			s;
	int			i, bad = 0;

	varint("\xc2\x19\x7c\x5e\xff\x14\xe8\x8c", 8,
	    UINT64_C(151288809941952652));
	varint("\x9d\x7f\x3e\x7d", 4, 494878333);
	varint("\x7b\xbd", 2, 15293);
	varint("\x25", 1, 37);
	varint("\x40\x25", 2, 37);

	rng_seeded_init(&rs, 5);
	for (i = 0; i < 100000; i++) {
		v = rng_u64(&rs.rng) >> 2 >> rng_below(&rs.rng, 62);
		s = varint_unzigzag(v >> 1);
		writer_init(&w, out, sizeof out);
		writer_varint(&w, v);
		writer_svarint(&w, s);
		reader_init(&r, out, writer_len(&w));
		if (writer_len(&w) != varint_len(v) + svarint_len(s) ||
		    reader_varint(&r) != v || reader_svarint(&r) != s ||
		    !reader_ok(&r) || reader_left(&r) != 0)
			bad++;
	}
	is_int(bad, 0, "100000 random numbers come back");
	is_int(varint_zigzag(-1), 1, "-1 is 1");
	is_int(varint_zigzag(1), 2, "1 is 2");
	writer_init(&w, out, sizeof out);
	writer_svarint(&w, SVARINT_MIN);
	writer_svarint(&w, SVARINT_MAX);
	reader_init(&r, out, sizeof out);
	ok(reader_svarint(&r) == SVARINT_MIN &&
	    reader_svarint(&r) == SVARINT_MAX && reader_ok(&r),
	    "the least and the greatest come back");
}

static void
test_sticky(void)
{
	struct reader	 r, sub;
	const uint8_t	*p;
	size_t		 len = 7;

	reader_init(&r, "\1\2\3\4\5", 5);
	is_int(reader_u8(&r), 1, "a byte");
	is_int(reader_u16(&r), 0x203, "two bytes, big endian");
	is_int(reader_u32(&r), 0, "four are not there");
	ok(!reader_ok(&r), "which makes it bad");
	is_int(reader_u8(&r), 0, "and bad it stays, though a byte is there");
	is_int(reader_left(&r), 0, "nothing is left of a bad reader");

	reader_init(&r, "\3abcd", 5);
	p = reader_str(&r, 3, &len);
	ok(p != NULL && len == 3 && memcmp(p, "abc", 3) == 0, "a string");
	reader_init(&r, "\3abcd", 5);
	p = reader_str(&r, 2, &len);
	ok(p == NULL && len == 0 && !reader_ok(&r),
	    "a string above its maximum is bad");
	reader_init(&r, "\7abc", 4);
	ok(reader_str(&r, 100, &len) == NULL && !reader_ok(&r),
	    "a string past the end is bad");

	reader_init(&r, "abcd", 4);
	reader_sub(&r, 3, &sub);
	is_int(reader_left(&sub), 3, "a part has its own end");
	is_int(reader_left(&r), 1, "and is skipped");
	reader_u32(&sub);
	ok(!reader_ok(&sub) && reader_ok(&r), "its badness is its own");
	reader_sub(&r, 2, &sub);
	ok(!reader_ok(&sub) && !reader_ok(&r), "unless it was not there");

	reader_init(&r, NULL, 0);
	ok(reader_bytes(&r, 0) != NULL && reader_ok(&r),
	    "nothing can be read from nothing");
	reader_varint(&r);
	ok(!reader_ok(&r), "but no number");
	reader_init(&r, "\5", 1);
	reader_fail(&r);
	is_int(reader_u8(&r), 0, "failed by hand");
}

static void
test_full(void)
{
	struct writer	w;
	uint8_t		out[8];
	size_t		mark;

	memset(out, 0xee, sizeof out);
	writer_init(&w, out, 7);
	writer_u32(&w, 0x01020304);
	mark = writer_mark(&w);
	writer_u32(&w, 5);
	ok(!writer_ok(&w), "what does not fit makes it full");
	writer_u8(&w, 6);
	is_int(writer_len(&w), 4, "and nothing more is written");
	is_mem(out, "\1\2\3\4\xee\xee\xee\xee", 8, "not even in part");
	writer_rewind(&w, mark);
	ok(writer_ok(&w), "until it is rewound");
	writer_str(&w, "abc", 3);
	ok(!writer_ok(&w) && writer_len(&w) == 4,
	    "a string goes with its length or not at all");
	writer_rewind(&w, mark);
	writer_str(&w, "ab", 2);
	is_mem(out, "\1\2\3\4\2ab\xee", 8, "one that fits is written");
	is_int(writer_left(&w), 0, "to the brim");
}

static void
test_record(void)
{
	struct writer	w;
	struct record	rec;
	uint8_t		out[500];
	size_t		mark, i, n;
	int		bad = 0;

	writer_init(&w, out, sizeof out);
	record_write(&w, 7, "payload", 7);
	mark = record_begin(&w, 8);
	writer_u16(&w, 0xabcd);
	record_end(&w, mark);
	mark = record_begin(&w, 9);
	for (i = 0; i < 300; i++)
		writer_u8(&w, (uint8_t)i);
	record_end(&w, mark);
	ok(writer_ok(&w), "three records are written");
	n = writer_len(&w);
	is_int(n, 9 + 4 + 303, "each as short as can be");
	for (i = 0; i < 9; i++)
		bad += record_next(out, i, 100, &rec) != 0;
	is_int(bad, 0, "the first is not seen before it is whole");
	is_int(record_next(out, n, 100, &rec), 1, "then it is");
	ok(rec.tag == 7 && rec.len == 7 && rec.size == 9 &&
	    memcmp(rec.payload, "payload", 7) == 0, "and right");
	is_int(record_next(out, n, 6, &rec), -1, "too long is bad");
	is_int(record_next(out, 2, 6, &rec), -1,
	    "and known to be before it is whole");
	is_int(record_next(out + 9, n - 9, 100, &rec), 1, "the second");
	ok(rec.tag == 8 && rec.len == 2 && rec.size == 4 &&
	    memcmp(rec.payload, "\xab\xcd", 2) == 0, "is right");
	is_int(record_next(out + 13, n - 13, 300, &rec), 1, "the third");
	ok(rec.tag == 9 && rec.len == 300 && rec.payload[299] == 299 % 256,
	    "is right");
	writer_init(&w, out, 8);
	record_write(&w, 7, "payload", 7);
	ok(!writer_ok(&w) && writer_len(&w) == 0,
	    "a record that does not fit leaves nothing");
}

int
main(void)
{
	test_varint();
	test_sticky();
	test_full();
	test_record();
	return (done_testing());
}
