/* SPDX-License-Identifier: ISC */

/* Two sets of streams, frames carried by hand; then a hostile peer. */

#include "base/rng.h"
#include "sync/conn-int.h"
#include "sync/stream.h"
#include "tap.h"

struct end {
	struct stream_set	*set;
	struct stream		*last;		/* that the peer opened */
	unsigned		 closed, reset;
	uint64_t		 code;
	bool			 hold;		/* do not read */
	size_t			 read;
	int			 bad;
};

static struct conn	*notes;		/* only its array of notes */

static uint8_t
byte_at(uint64_t off)
{
	return ((uint8_t)(off * 11 + (off >> 8)));
}

static void
on_opened(void *arg, struct stream *s)
{
	struct end	*e = arg;

	e->last = s;
}

static void
drain(struct end *e, struct stream *s)
{
	const uint8_t	*p;
	size_t		 n, i;

	while ((p = stream_peek(s, &n)) != NULL) {
		for (i = 0; i < n; i++) {
			if (p[i] != byte_at(e->read + i))
				e->bad++;
		}
		e->read += n;
		stream_consume(s, n);
	}
}

static void
on_readable(void *arg, struct stream *s)
{
	struct end	*e = arg;

	if (!e->hold)
		drain(e, s);
}

static void
on_writable(void *arg, struct stream *s)
{
	(void)arg;
	(void)s;
}

static void
on_closed(void *arg, struct stream *s, bool reset, uint64_t code)
{
	struct end	*e = arg;

	(void)s;
	e->closed++;
	e->reset += reset;
	e->code = code;
	e->last = NULL;
}

static const struct stream_ops ops = {
	on_opened, on_readable, on_writable, on_closed,
};

/*
 * Carry one packet from a to b, or lose it.  Returns its length, or the
 * error of b as a negative number.
 */
static int
carry(struct end *a, struct end *b, bool lose)
{
	struct packet	 pk;
	struct reader	 r;
	uint8_t		 data[1200], type;
	size_t		 n;
	unsigned	 i;
	int		 rv;

	memset(&pk, 0, sizeof pk);
	pk.conn = notes;
	writer_init(&pk.w, data, sizeof data);
	stream_set_fill(a->set, CONN_CLASS_STREAM, &pk);
	stream_set_fill(a->set, CONN_CLASS_BULK, &pk);
	n = writer_len(&pk.w);
	if (!lose) {
		reader_init(&r, data, n);
		while (reader_left(&r) > 0) {
			type = reader_u8(&r);
			if ((rv = stream_set_frame(b->set, type, &r)) != 0)
				return (rv);
		}
	}
	for (i = 0; i < pk.notes_count; i++) {
		if (lose)
			stream_set_lost(a->set, &notes->notes[i]);
		else
			stream_set_acked(a->set, &notes->notes[i]);
	}
	return ((int)n);
}

static void
ends(struct end *c, struct end *s)
{
	memset(c, 0, sizeof *c);
	memset(s, 0, sizeof *s);
	c->set = stream_set_new(CONN_CLIENT, &ops, c);
	s->set = stream_set_new(CONN_SERVER, &ops, s);
}

static void
test_transfer(void)
{
	struct end	 c, s;
	struct stream	*st;
	uint8_t		 b[1000];
	size_t		 wrote = 0, size = 3000000, i, n, want;
	int		 turn = 0;

	ends(&c, &s);
	st = stream_open(c.set, CONN_CLASS_BULK);
	is_int(stream_id(st), 0, "the client's first stream is 0");
	while (c.closed == 0 && turn++ < 20000) {
		while (wrote < size) {
			want = size - wrote < sizeof b ? size - wrote :
			    sizeof b;
			for (i = 0; i < want; i++)
				b[i] = byte_at(wrote + i);
			n = stream_write(st, b, want);
			wrote += n;
			if (n < want)
				break;
		}
		if (wrote == size)
			stream_finish(st);
		carry(&c, &s, turn % 5 == 0);
		carry(&s, &c, turn % 3 == 0);
		if (s.read == size && s.last != NULL)
			stream_finish(s.last);
	}
	is_int(s.read, size, "3 MB arrive with packets lost, in windows");
	is_int(s.bad, 0, "each byte in its place");
	is_int(c.closed, 1, "the client's end is closed");
	for (turn = 0; turn < 5; turn++)
		carry(&s, &c, false);
	is_int(s.closed, 1, "and the server's");
	is_int(c.reset + s.reset, 0, "in good order");
	is_int(stream_set_count(c.set) + stream_set_count(s.set), 0,
	    "nothing is left");
	stream_set_free(c.set);
	stream_set_free(s.set);
}

static void
test_held_back(void)
{
	struct end	 c, s;
	struct stream	*st;
	static uint8_t	 b[STREAM_WINDOW];
	size_t		 i;
	int		 n, turns = 0;

	ends(&c, &s);
	s.hold = true;
	for (i = 0; i < sizeof b; i++)
		b[i] = byte_at(i);
	st = stream_open(c.set, CONN_CLASS_STREAM);
	is_int(stream_write(st, b, sizeof b), sizeof b, "a window of bytes");
	is_int(stream_write(st, b, 1), 0, "is held, not more");
	while ((n = carry(&c, &s, false)) > 0)
		turns++;
	is_int(n, 0, "then nothing is sent");
	ok(stream_write(st, "x", 1) == 1, "though there is room again");
	is_int(carry(&c, &s, false), 0, "as nobody reads over there");
	drain(&s, s.last);
	is_int(s.read, sizeof b, "all of the window is there");
	ok(stream_set_due(s.set, 1, CONN_CLASS_BULK) == 1, "reading is told");
	carry(&s, &c, true);
	carry(&s, &c, false);
	ok(carry(&c, &s, false) > 0, "and the rest goes out");
	stream_set_free(c.set);
	stream_set_free(s.set);
	is_int(c.closed, 1, "freeing the set closes the stream");
}

static void
test_reset(void)
{
	struct end	 c, s;
	struct stream	*st;
	int		 i;

	ends(&c, &s);
	st = stream_open(c.set, CONN_CLASS_STREAM);
	stream_write(st, "hello", 5);
	s.hold = true;
	carry(&c, &s, false);
	stream_reset(st, 9);
	is_int(c.closed, 1, "who cuts it off has it closed at once");
	carry(&c, &s, true);
	carry(&c, &s, false);
	is_int(s.reset, 1, "the other hears it, though a packet was lost");
	is_int(s.code, 9, "and why");
	for (i = 0; i < 3; i++) {
		carry(&s, &c, false);
		carry(&c, &s, false);
	}
	is_int(carry(&c, &s, false) + carry(&s, &c, false), 0,
	    "and then they are quiet");
	ok(stream_set_memory(c.set) < 1000, "and have forgotten it");
	for (i = 0; i < 1000; i++) {
		st = stream_open(c.set, CONN_CLASS_STREAM);
		if (st == NULL)
			break;
		stream_write(st, "x", 1);
		carry(&c, &s, false);
		stream_reset(st, 1);
		carry(&c, &s, false);
		carry(&s, &c, false);
	}
	is_int(i, 1000, "a thousand may come and go");
	stream_set_free(c.set);
	stream_set_free(s.set);
}

static void
test_many(void)
{
	struct end	c, s;
	int		n = 0;

	ends(&c, &s);
	while (stream_open(c.set, CONN_CLASS_STREAM) != NULL)
		n++;
	is_int(n, STREAMS_EACH_MAX, "one side may open so many");
	stream_set_free(c.set);
	stream_set_free(s.set);
}

static void
test_hostile(void)
{
	static const struct {
		const char	*bytes;
		size_t		 n;
		int		 want;
		const char	*what;
	} v[] = {
		{ "\x2a\x00", 2, -CLOSE_PROTOCOL, "cut short" },
		{ "\x2a\x01\x00", 3, -CLOSE_PROTOCOL,
		    "of ours that we never opened" },
		{ "\x2a\xc1\0\0\0\0\0\0\0\x00", 10, -CLOSE_LIMIT,
		    "a thousand million at once" },
		{ "\x2e\x00\x80\x04\x00\x00\x01x", 8, -CLOSE_LIMIT,
		    "beyond the window" },
		{ "\x2e\x00\xff\xff\xff\xff\xff\xff\xff\xff\x01x", 12,
		    -CLOSE_LIMIT, "at the end of all numbers" },
		{ "\x2b\x00\x02hi\x2b\x00\x03huh", 11, -CLOSE_PROTOCOL,
		    "beyond its end" },
		{ "\x2a\x00\x05hello\x2b\x00\x02hi", 13, -CLOSE_PROTOCOL,
		    "that ends before what came" },
		{ "\x30\x00\x01\x80\x04\x00\x01", 7, -CLOSE_LIMIT,
		    "cut off beyond the window" },
		{ "\x2a\x00\x02hi\x30\x00\x01\x01", 9, -CLOSE_PROTOCOL,
		    "cut off before what came" },
		{ "\x31\x00\x00", 3, -CLOSE_PROTOCOL, "stopped: reserved" },
		{ "\x34\x00\x00", 3, -CLOSE_PROTOCOL, "blocked: reserved" },
		{ "\x33\x07\x00", 3, -CLOSE_PROTOCOL, "allowed, not ours" },
		{ "\x33\x00", 2, -CLOSE_PROTOCOL, "allowed, cut short" },
		{ "\x2b\x00\x00", 3, 0, "empty and ended" },
		{ "\x2b\x04\x00\x2b\x00\x00", 6, 0, "in any order" },
	};
	struct end	c, s;
	struct reader	r;
	size_t		i;
	int		rv;

	for (i = 0; i < sizeof v / sizeof v[0]; i++) {
		ends(&c, &s);
		reader_init(&r, v[i].bytes, v[i].n);
		rv = 0;
		while (rv == 0 && reader_left(&r) > 0)
			rv = stream_set_frame(s.set, reader_u8(&r), &r);
		is_int(rv, v[i].want, "a stream %s", v[i].what);
		stream_set_free(c.set);
		stream_set_free(s.set);
	}
}

/* Single bytes far apart: holes are bounded, and so is memory. */
static void
test_holes(void)
{
	struct end	c, s;
	struct reader	r;
	struct writer	w;
	uint8_t		d[32];
	uint64_t	off;
	int		rv = 0;

	ends(&c, &s);
	for (off = 1; rv == 0 && off < STREAM_WINDOW; off += 2) {
		writer_init(&w, d, sizeof d);
		writer_varint(&w, 0);
		writer_varint(&w, off);
		writer_varint(&w, 1);
		writer_u8(&w, 'x');
		reader_init(&r, d, writer_len(&w));
		rv = stream_set_frame(s.set, FRAME_STREAM | FRAME_STREAM_OFF |
		    FRAME_STREAM_LEN, &r);
	}
	is_int(rv, -CLOSE_LIMIT, "too many holes are refused");
	ok(stream_set_memory(s.set) < 2 * STREAM_WINDOW, "memory is bounded");
	stream_set_free(c.set);
	stream_set_free(s.set);
}

int
main(void)
{
	notes = calloc(1, sizeof *notes);
	test_transfer();
	test_held_back();
	test_reset();
	test_many();
	test_hostile();
	test_holes();
	free(notes);
	return (done_testing());
}
