/* SPDX-License-Identifier: ISC */

/* The input log without a connection: frames are carried by hand. */

#include "sync/inlog.h"
#include "sync/conn-int.h"
#include "tap.h"

static char	got[70000];
static size_t	got_n;
static bool	refuse;

static bool
deliver(void *arg, const struct inlog_entry *e)
{
	(void)arg;
	if (refuse)
		return (false);
	memcpy(got + got_n, e->data, e->len);
	got_n += e->len;
	return (true);
}

struct carrier {
	struct packet		pk;
	struct conn		conn;	/* only its notes */
	uint8_t			data[2000];
};
static struct carrier	*carrier;

/* One packet's worth of what log has to say; returns its length. */
static size_t
fill_out(struct inlog_out *l, size_t room, uint64_t pn)
{
	memset(&carrier->pk, 0, sizeof carrier->pk);
	carrier->pk.conn = &carrier->conn;
	carrier->pk.pn = pn;
	writer_init(&carrier->pk.w, carrier->data, room);
	inlog_out_fill(l, CONN_CLASS_INPUT, &carrier->pk);
	return (writer_len(&carrier->pk.w));
}

static int
carry(struct inlog_in *in, size_t n)
{
	struct reader	r;
	uint8_t		type;

	reader_init(&r, carrier->data, n);
	type = reader_u8(&r);
	return (inlog_in_frame(in, type, &r));
}

static void
carry_ack(struct inlog_in *in, struct inlog_out *out)
{
	struct reader	r;

	memset(&carrier->pk, 0, sizeof carrier->pk);
	carrier->pk.conn = &carrier->conn;
	writer_init(&carrier->pk.w, carrier->data, 1000);
	inlog_in_fill(in, CONN_CLASS_INPUT, &carrier->pk);
	if (writer_len(&carrier->pk.w) == 0)
		return;
	reader_init(&r, carrier->data + 1, writer_len(&carrier->pk.w) - 1);
	is_int(inlog_out_frame(out, FRAME_INPUT_ACK, &r), 0, "an INPUT_ACK");
}

static void
test_typing(void)
{
	struct inlog_out	*out = inlog_out_new();
	struct inlog_in		*in = inlog_in_new(deliver, NULL);
	struct sent_note	 note;
	size_t			 n;

	got_n = 0;
	ok(inlog_out_due(out, 5) == USEC_NEVER, "nothing typed, nothing due");
	is_int(fill_out(out, 1000, 0), 0, "and nothing written");
	is_int(inlog_out_append(out, 1, INPUT_BYTES, "a", 1), 4,
	    "an entry of one byte takes four");
	is_int(inlog_out_due(out, 5), 5, "it is due at once");
	fill_out(out, 1000, 0);		/* lost */
	note = carrier->conn.notes[0];
	ok(inlog_out_due(out, 5) == USEC_NEVER, "sent: not due");
	inlog_out_append(out, 1, INPUT_BYTES, "b", 1);
	n = fill_out(out, 1000, 1);
	is_int(carry(in, n), 0, "the next datagram carries both");
	is_mem(got, "ab", 2, "and both are handed on");
	ok(carrier->pk.dup_ok, "it may be duplicated");
	inlog_out_lost(out, &note);
	ok(inlog_out_due(out, 5) == USEC_NEVER,
	    "the loss of the first is none, as a newer copy flies");
	is_int(carry(in, n), 0, "the same again");
	is_int(got_n, 2, "does nothing");
	is_int(inlog_in_accepted(in), 8, "eight bytes are accepted");
	carry_ack(in, out);
	is_int(inlog_out_accepted(out), 8, "and the client knows");
	is_int(fill_out(out, 1000, 2), 0, "nothing is repeated any more");
	inlog_out_append(out, 70000, INPUT_KEY, "", 0);
	n = fill_out(out, 1000, 3);
	note = carrier->conn.notes[0];
	inlog_out_lost(out, &note);
	is_int(inlog_out_due(out, 7), 7, "the newest copy lost: due");
	inlog_out_free(out);
	inlog_in_free(in);
}

static void
test_paste(void)
{
	struct inlog_out	*out = inlog_out_new();
	struct inlog_in		*in = inlog_in_new(deliver, NULL);
	static char		 text[65536];
	char			 chunk[INPUT_PASTE_CHUNK];
	size_t			 n, typed = 0, i;
	uint64_t		 pn = 0;
	int			 bad = 0;

	got_n = 0;
	refuse = true;
	while (inlog_out_space(out) >= sizeof chunk) {
		for (i = 0; i < sizeof chunk; i++, typed++)
			chunk[i] = text[typed] = (char)('a' + typed % 23);
		inlog_out_append(out, 1, INPUT_PASTE, chunk, sizeof chunk);
	}
	ok(typed > 60000, "a paste fills the window");
	is_int(inlog_out_append(out, 1, INPUT_PASTE, chunk, sizeof chunk), 0,
	    "no more fits");
	while (inlog_out_due(out, 1) == 1) {
		n = fill_out(out, 1100, pn++);
		/* Every seventh comes late, and two in the wrong order. */
		if (carry(in, n) != 0)
			bad++;
		inlog_out_acked(out, &carrier->conn.notes[0]);
	}
	is_int(bad, 0, "all of it is taken in");
	is_int(got_n, 0, "but refused");
	is_int(inlog_in_accepted(in), 0, "so nothing is accepted");
	is_int(fill_out(out, 1100, pn), 0,
	    "what the server holds is not repeated");
	ok(!inlog_in_retry(in), "a retry while refused does nothing");
	refuse = false;
	ok(inlog_in_retry(in), "then there is room");
	is_int(got_n, typed, "and all is there");
	is_mem(got, text, typed, "byte by byte");
	is_int(inlog_in_due(in, 9), 9, "which is told at once");
	carry_ack(in, out);
	is_int(inlog_out_accepted(out), inlog_out_end(out), "all accepted");
	inlog_out_free(out);
	inlog_in_free(in);
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
		{ "\x10\x00\x00", 3, -CLOSE_PROTOCOL, "no bytes" },
		{ "\x10\x80\x01\x00\x00\x01x", 7, -CLOSE_LIMIT,
		    "beyond the window" },
		{ "\x10\xff\xff\xff\xff\xff\xff\xff\xff\x01x", 11,
		    -CLOSE_LIMIT, "at the end of all numbers" },
		{ "\x10\x00\x05x", 4, -CLOSE_PROTOCOL, "cut short" },
		{ "\x10\x00\x0b\xc0\0\0\1\0\0\0\0\1\1x", 14, -CLOSE_PROTOCOL,
		    "a pane beyond 32 bits" },
		{ "\x10\x00\x06\x01\x01\x80\x01\0\0", 9, -CLOSE_PROTOCOL,
		    "an entry that is too long" },
	};
	struct inlog_in		*in;
	struct inlog_out	*out = inlog_out_new();
	struct reader		 r;
	size_t			 i;

	for (i = 0; i < sizeof v / sizeof v[0]; i++) {
		in = inlog_in_new(deliver, NULL);
		memcpy(carrier->data, v[i].bytes, v[i].n);
		is_int(carry(in, v[i].n), v[i].want, "INPUT: %s", v[i].what);
		inlog_in_free(in);
	}
	reader_init(&r, "\x05", 1);
	is_int(inlog_out_frame(out, FRAME_INPUT_ACK, &r), -CLOSE_PROTOCOL,
	    "INPUT_ACK of what was never sent");
	inlog_out_free(out);
}

int
main(void)
{
	carrier = calloc(1, sizeof *carrier);
	test_typing();
	test_paste();
	test_hostile();
	free(carrier);
	return (done_testing());
}
