/* SPDX-License-Identifier: ISC */
/* links: view term wire base */
/* What is shown when, whatever arrives in whatever order. */

#include "view/gridmsg.h"

#include "test-view-util.h"

#define MS	1000
#define PANE	16

static struct test_packet	 pk[8];
static struct publisher		 pub;
static struct canvas		*cv;
static struct sender		*s;
static struct replica		*r;

static void
setup(void)
{
	s = test_sender();
	r = replica_new();
	cv = canvas_new(80, 24);
	publisher_init(&pub);
}

static void
teardown(void)
{
	sender_free(s);
	replica_free(r);
	canvas_free(cv);
	publisher_fini(&pub);
}

/* One frame given in hexadecimal. */
static int
frame(uint8_t type, const char *hex, usec_t now)
{
	struct reader	 rd;
	uint8_t		 bytes[512], *copy;
	size_t		 n = test_hex(hex, bytes, sizeof bytes);
	int		 rv;

	copy = xmemdup(bytes, n);
	reader_init(&rd, copy, n);
	rv = replica_frame(r, type, &rd, now);
	if (rv == 0 && reader_left(&rd) != 0)
		rv = 1;
	free(copy);
	return (rv);
}

static const char *
shown(int y)
{
	struct replica_surface	 rs;

	if (!replica_surface(r, PANE, &rs))
		return (NULL);
	return (test_line(rs.snap, y));
}

/* Type a line and cut a packet; it is not delivered. */
static void
cut(struct test_packet *p, int y, const char *text)
{
	test_text(cv, 0, y, text);
	test_set(s, cv, &pub, PANE, 0);
	test_send(p, s, 1179, 0);
}

static void
order(void)
{
	struct view	*v;

	setup();
	v = replica_view(r);
	ok(v->cols == 0 && v->nplaces == 0, "at first there is nothing");
	view_unref(v);
	cut(&pk[0], 0, "one");
	test_receive(&pk[0], r, 0);
	test_acked(&pk[0], s, 0);
	is_str(shown(0), "one", "a picture");
	v = replica_view(r);
	ok(v->cols == 80 && v->nplaces == 1 && v->focus == PANE &&
	    v->places[0].snap != NULL, "in its place");
	view_unref(v);
	v = replica_view(r);
	ok(v->refs == 2, "the same view as long as nothing changes");
	view_unref(v);

	cut(&pk[1], 0, "two");
	cut(&pk[2], 0, "three");
	test_receive(&pk[2], r, 0);
	is_str(shown(0), "three", "a newer one");
	test_receive(&pk[1], r, 0);
	is_str(shown(0), "three", "an older one that is late changes nothing");
	test_receive(&pk[2], r, 0);
	is_str(shown(0), "three", "nor does the same again");

	/* Only the older one is known to have come: it is the base now. */
	test_acked(&pk[1], s, 0);
	cut(&pk[3], 1, "four");
	test_receive(&pk[3], r, 0);
	is_str(shown(0), "three", "a base that was never shown serves");
	is_str(shown(1), "four", "for the next");
	teardown();
}

static void
partly(void)
{
	struct replica_surface	 rs;
	uint64_t		 before;
	int			 y;

	setup();
	for (y = 0; y < 24; y++)
		test_text(cv, 0, y, "old");
	test_set(s, cv, &pub, PANE, 0);
	test_exchange(s, r, 1179, 0);
	canvas_clear(cv);
	for (y = 0; y < 24; y++)
		test_text(cv, 0, y, y % 2 ? "a new line of text, which is "
		    "long enough" : "another, so that three packets result");
	test_set(s, cv, &pub, PANE, 0);
	for (y = 0; y < 3; y++)
		ok(test_send(&pk[y], s, 450, 0) > 0, "packet %d", y);
	before = replica_changes(r);
	test_receive(&pk[0], r, 10 * MS);
	ok(replica_changes(r) == before, "a part changes nothing");
	ok(replica_deadline(r) == 50 * MS, "for 40 ms");
	replica_tick(r, 49 * MS);
	ok(replica_changes(r) == before, "not a moment earlier");
	replica_tick(r, 50 * MS);
	ok(replica_surface(r, PANE, &rs) && rs.catching_up,
	    "then it is shown");
	is_str(shown(0), "another, so that three packets result", "new lines");
	is_str(shown(23), "old", "old ones in the gaps");
	ok(replica_deadline(r) == USEC_NEVER, "and that is that");
	test_receive(&pk[2], r, 60 * MS);
	ok(replica_surface(r, PANE, &rs) && rs.catching_up &&
	    strcmp(shown(23), "old") != 0, "more is shown as it comes");
	test_packet_init(&pk[4], 1179);
	ok(replica_due(r, 60 * MS) > 300 * MS, "nothing is asked for yet");
	replica_fill(r, &pk[4].out, 2000 * MS);
	ok(pk[4].notes == 1 && pk[4].bytes[2] == 2,
	    "rows that are late are asked for in the end");
	ok(replica_due(r, 2000 * MS) > 3000 * MS, "and not again at once");
	replica_lost(r, &pk[4].note[0]);
	ok(replica_due(r, 2000 * MS) <= 2000 * MS,
	    "unless the question was lost");
	test_receive(&pk[1], r, 2000 * MS);
	ok(replica_surface(r, PANE, &rs) && !rs.catching_up, "all is there");
	ok(replica_due(r, 9000 * MS) == USEC_NEVER, "nothing more to ask");
	teardown();
}

static void
flood(void)
{
	char	 text[30];
	int	 i, seen = 0;

	/* Each picture but the first loses its row; 16 ms apart. */
	setup();
	cut(&pk[0], 0, "start");
	test_receive(&pk[0], r, 0);
	test_acked(&pk[0], s, 0);
	for (i = 1; i < 4; i++) {
		struct gridmsg_head	 head;
		struct reader		 rd;

		snprintf(text, sizeof text, "picture %d", i);
		test_text(cv, 0, 0, text);
		cut(&pk[1], 1, text);
		reader_init(&rd, pk[1].bytes + 1, 100);
		gridmsg_read_head(&rd, &head);
		gridmsg_read(&rd, NULL, NULL);
		pk[1].w.p = pk[1].bytes + (rd.p - pk[1].bytes);
		test_receive(&pk[1], r, 16 * MS * i);
		if (replica_deadline(r) <= (usec_t)(16 * MS * (i + 1))) {
			replica_tick(r, replica_deadline(r));
			seen++;
		}
	}
	is_int(seen, 1, "a flood of incomplete pictures is shown all the same");
	teardown();
}

static void
hostile(void)
{
	struct replica_stats	 st;
	struct writer		 w;
	struct reader		 rd;
	uint8_t			 bytes[200];
	size_t			 n;
	int			 i, k;

	setup();
	is_int(frame(FRAME_KV, "01 01 03 40 50 18", 0), -1, "a bad layout");
	is_int(frame(FRAME_KV, "00 01 00", 0), -1, "key 0");
	is_int(frame(FRAME_KV, "02 00 00", 0), -1, "version 0");
	is_int(frame(FRAME_KV, "02 05 01 61", 0), 0, "a value");
	is_int(frame(FRAME_KV, "02 04 01 62", 0), 0, "an older one");
	ok(*replica_kv(r, 2, &n) == 'a' && n == 1, "does not replace it");
	is_int(frame(FRAME_ROWS, "00 01 01 e0 00", 0), -1, "no surface 0");
	is_int(frame(FRAME_ROWS, "10 01 03 e0 00", 0), -1, "no such entry");
	is_int(frame(FRAME_ROWS, "10 01 09 e0", 0), -1, "rows must end");
	is_int(frame(FRAME_ROWS, "10 01 05 e0 00", 0), -1, "no row 0");
	is_int(frame(FRAME_VIEW, "00 00", 0), -1, "no VIEW this way");
	is_int(frame(FRAME_PIECE, "01 05 00 05 1b 00 00 00 00", 0), -1,
	    "nor in pieces");
	is_int(frame(FRAME_PIECE, "02 06 00 06 1a 02 06 01 63 00", 0), -1,
	    "nothing behind a frame in pieces");
	is_int(frame(FRAME_PIECE, "03 05 00 05 1a 02 06 01 63", 0), 0,
	    "a value in one piece");
	is_int(frame(FRAME_PIECE, "03 05 00 05 1a 02 06 01 64", 0), 0,
	    "once only");
	is_int(*replica_kv(r, 2, &n), 'c', "is taken");
	is_int(frame(FRAME_PIECE, "04 41 00 00 03 61 62 63", 0), -1,
	    "pieces begin and end at multiples");
	is_int(frame(FRAME_PIECE, "00 05 00 05 1a 02 06 01 63", 0), -1,
	    "no piece 0");

	/* The largest rows for the fewest bytes, for ever new surfaces. */
	for (k = 0; k < 400; k++) {
		writer_init(&w, bytes, sizeof bytes);
		writer_varint(&w, 100 + k);
		writer_varint(&w, 1);
		for (i = 0; i < 30; i++) {
			writer_u8(&w, i == 0 ? 1 : 9);
			writer_bytes(&w, "\177\117\340x\340", 5);
		}
		writer_u8(&w, 0);
		reader_init(&rd, bytes, writer_len(&w));
		if (replica_frame(r, FRAME_ROWS, &rd, 0) != 0)
			break;
	}
	replica_stats(r, &st);
	is_int(k, 400, "rows of 4096 cells");
	ok(st.bytes <= VIEW_REPLICA_BYTES_MAX + (1 << 20) && st.rows > 1000,
	    "fill the memory they may (%zu MB) and no more", st.bytes >> 20);
	ok(st.surfaces <= VIEW_SURFACES_MAX, "surfaces are limited too");
	for (k = 0; k < 4000; k++) {
		writer_init(&w, bytes, sizeof bytes);
		writer_varint(&w, 16);
		writer_varint(&w, 1 + k);
		writer_bytes(&w, "\001\040x\340\000", 5);
		reader_init(&rd, bytes, writer_len(&w));
		replica_frame(r, FRAME_ROWS, &rd, 0);
	}
	for (k = 1; k < 5000; k++) {
		writer_init(&w, bytes, sizeof bytes);
		writer_varint(&w, 16);
		writer_u16(&w, k);
		writer_varint(&w, 0);
		writer_u8(&w, 0x11);
		writer_varint(&w, 80);
		writer_varint(&w, 4096);
		writer_bytes(&w, "\001\000\117\376", 4);
		writer_varint(&w, 2 * k);
		reader_init(&rd, bytes, writer_len(&w));
		if (replica_frame(r, FRAME_GRID, &rd, 0) != 0)
			break;
	}
	is_int(k, 5000, "grids that are never whole");
	replica_stats(r, &st);
	ok(st.bytes <= VIEW_REPLICA_BYTES_MAX + (1 << 20),
	    "are limited as well (%zu MB)", st.bytes >> 20);
	is_int(frame(FRAME_KV, "01 09 07 40 50 18 40 64 00", 0), -1,
	    "cut short");
	teardown();
}

int
main(void)
{
	order();
	partly();
	flood();
	hostile();
	return (done_testing());
}
