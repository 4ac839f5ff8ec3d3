/* SPDX-License-Identifier: ISC */
/* links: view term wire base */
/* What is sent when, and what is not sent at all. */

#include "view/gridmsg.h"
#include "view/rowop.h"

#include "test-view-util.h"

#define MS	1000
#define PANE	16

static struct test_packet	 p, q;
static struct publisher		 pub;
static struct canvas		*cv;
static struct sender		*s;
static struct replica		*r;

static void
setup(bool reliable)
{
	struct sender_pace	 pace;

	s = sender_new();
	r = replica_new();
	cv = canvas_new(80, 24);
	publisher_init(&pub);
	sender_pace_default(&pace, 100 * MS, reliable);
	sender_pace(s, &pace);
	test_text(cv, 0, 0, "hello");
}

static void
teardown(void)
{
	sender_free(s);
	replica_free(r);
	canvas_free(cv);
	publisher_fini(&pub);
}

/* How many frames of a type are in a packet; it must be well-formed. */
static int
count(const struct test_packet *pk, uint8_t kind)
{
	unsigned	 i;
	int		 n = 0;

	for (i = 0; i < pk->notes; i++)
		n += pk->note[i].kind == kind;
	return (n);
}

static void
change(const char *text, usec_t now)
{
	test_text(cv, 0, 0, text);
	test_set(s, cv, &pub, PANE, now);
}

/* Of the GRID that a packet begins with. */
static size_t
grid_length(const struct test_packet *pk)
{
	struct gridmsg_head	 head;
	struct reader		 rd;

	reader_init(&rd, pk->bytes + 1, sizeof pk->bytes - 1);
	gridmsg_read_head(&rd, &head);
	gridmsg_read(&rd, NULL, NULL);
	return (rd.p - pk->bytes);
}

static void
pacing(void)
{
	setup(false);
	change("a", 100 * MS);
	ok(sender_due(s, 100 * MS, SENDER_FOCUS) == 106 * MS,
	    "a change is collected for 6 ms");
	ok(sender_due(s, 100 * MS, SENDER_KV) == 100 * MS,
	    "the layout is not");
	test_send(&p, s, 1179, 100 * MS);
	is_int(count(&p, FRAME_GRID), 0, "so there is no grid yet");
	is_int(count(&p, FRAME_KV), 1, "but the layout");
	test_send(&p, s, 1179, 106 * MS);
	is_int(count(&p, FRAME_GRID), 1, "then there is one");
	change("b", 107 * MS);
	ok(sender_due(s, 107 * MS, SENDER_FOCUS) == 131 * MS,
	    "the next one after a quarter of the round trip time");
	sender_input(s, PANE, 140 * MS);
	test_send(&q, s, 1179, 140 * MS);
	change("c", 190 * MS);
	ok(sender_due(s, 190 * MS, SENDER_FOCUS) == 192 * MS,
	    "soon after input for 2 ms only");
	test_send(&q, s, 1179, 192 * MS);
	change("d", 220 * MS);
	test_send(&q, s, 1179, 230 * MS);
	is_int(count(&q, FRAME_GRID), 1, "the fourth");
	change("e", 260 * MS);
	ok(sender_due(s, 300 * MS, SENDER_HIDDEN) == USEC_NEVER,
	    "no more than four without an answer");
	test_lost(&p, s, 300 * MS);
	ok(sender_due(s, 300 * MS, SENDER_FOCUS) == 266 * MS,
	    "an answer lets the next one go");
	teardown();
}

static void
latest_wins(void)
{
	int	 n;

	setup(true);
	change("first", 0);
	test_send(&p, s, 1179, 0);
	change("second", 0);
	n = test_send(&q, s, 1179, 0);
	ok(n > 0 && count(&q, FRAME_ROWS) == 1, "a change");
	test_lost(&p, s, 0);
	is_int(test_send(&p, s, 1179, 0), 1 + 3 + 12,
	    "what was lost and is no longer shown is not sent again");
	test_receive(&q, r, 0);
	test_receive(&p, r, 0);
	test_lost(&q, s, 0);
	n = test_send(&q, s, 1179, 0);
	ok(count(&q, FRAME_ROWS) == 1 && count(&q, FRAME_GRID) == 1,
	    "what is shown is");
	test_receive(&q, r, 0);
	test_acked(&q, s, 0);
	ok(!sender_settled(s), "the layout is still under way");
	test_acked(&p, s, 0);
	ok(sender_settled(s), "all has arrived");
	ok(sender_due(s, 0, SENDER_HIDDEN) == USEC_NEVER,
	    "then there is nothing to do");
	test_set(s, cv, &pub, PANE, 5);
	ok(test_send(&p, s, 1179, 5) == 0, "the same again is not sent");
	/* A, B, A where B seems lost but was not. */
	change("other!", 6);
	test_send(&p, s, 1179, 6);
	test_receive(&p, r, 6);
	test_lost(&p, s, 6);
	change("second", 7);
	ok(test_send(&q, s, 1179, 7) > 0, "back to what was acknowledged "
	    "is sent, for what seemed lost may be shown");
	teardown();
}

static void
echo(void)
{
	struct replica_surface	 rs;
	struct view_echo	 e;

	setup(true);
	view_echo_init(&e);
	e.accepted = 10;
	e.settled = 4;
	e.tty = VIEW_TTY_KNOWN | VIEW_TTY_ECHO | VIEW_TTY_ICANON;
	sender_echo(s, PANE, &e);
	change("x", 0);
	test_exchange(s, r, 1179, 0);
	ok(replica_surface(r, PANE, &rs) && view_echo_same(&rs.echo, &e) &&
	    rs.tty_latest == e.tty, "echo state comes with the picture");
	e.settled = 10;
	e.tty = VIEW_TTY_KNOWN | VIEW_TTY_ICANON;
	sender_echo(s, PANE, &e);
	ok(sender_due(s, 1, SENDER_HIDDEN) == USEC_NEVER,
	    "but not before the view that it belongs to");
	change("y", 1);
	test_send(&p, s, 1179, 1);
	test_send(&q, s, 1179, 1);
	is_int(count(&p, FRAME_GRID), 1, "then both");
	/* Only the grid arrives. */
	q = p;
	p.w.p = p.bytes + grid_length(&p);
	is_int(test_receive(&p, r, 1), 0, "the grid without its row");
	ok(replica_surface(r, PANE, &rs) && rs.echo.settled == 4,
	    "nothing is settled that cannot be seen");
	is_int(rs.tty_latest, e.tty, "but that the echo went off is known");
	replica_tick(r, 100 * MS);
	ok(replica_surface(r, PANE, &rs) && rs.catching_up &&
	    rs.echo.settled == 4, "nor is it when the grid is shown in part");
	test_receive(&q, r, 1);
	ok(replica_surface(r, PANE, &rs) && !rs.catching_up &&
	    rs.echo.settled == 10, "until it is whole");
	teardown();
}

static void
classes(void)
{
	struct view		*v = view_new(80, 24);
	struct view_place	 pl = { .surface = 1, .w = 80, .h = 24 };
	struct sender_stats	 st;
	struct snap		*snap;
	int			 i, c;

	setup(true);
	snap = test_snap(cv, &pub);
	pl.snap = snap;
	view_add(v, &pl);
	for (i = 0; i < 3; i++) {
		pl.surface = PANE + i;
		pl.flags = VIEW_PLACE_PANE | (i == 2 ? VIEW_PLACE_HIDDEN : 0);
		view_add(v, &pl);
	}
	v->focus = PANE;
	sender_set(s, v, 0);
	for (c = 0; c < SENDER_CLASSES; c++) {
		ok(sender_due(s, 0, c) == 0, "class %d is due", c);
		test_packet_init(&p, 1179);
		sender_fill(s, c, &p.out, 0);
		is_int(count(&p, FRAME_GRID), 1, "and has one surface");
		is_int(p.note[0].kind == FRAME_KV ? p.note[1].a : p.note[0].a,
		    c == SENDER_FOCUS ? PANE : c == SENDER_KV ? 1 :
		    c == SENDER_VISIBLE ? PANE + 1 : PANE + 2, "the right one");
		test_acked(&p, s, 0);
	}
	view_unref(v);
	/* The one that is hidden may change as fast as it likes. */
	v = view_new(80, 24);
	test_text(cv, 0, 0, "h");
	pl.snap = test_snap(cv, &pub);
	view_add(v, &pl);
	sender_set(s, v, 1);
	test_send(&p, s, 1179, 1);	/* the layout */
	test_acked(&p, s, 1);
	ok(sender_due(s, 1, SENDER_HIDDEN) == USEC_PER_SEC,
	    "a hidden pane waits for a second");
	snap_unref(pl.snap);
	view_unref(v);
	/* It leaves, changes, and comes back. */
	v = test_view(PANE, snap, VIEW_PLACE_PANE);
	sender_set(s, v, 1);
	view_unref(v);
	sender_stats(s, &st);
	is_int(st.surfaces, 4, "surfaces that left are remembered");
	test_text(cv, 0, 0, "J");
	snap_unref(snap);
	snap = test_snap(cv, &pub);
	v = test_view(PANE + 1, snap, VIEW_PLACE_PANE);
	sender_set(s, v, 2);
	test_packet_init(&p, 1179);
	sender_fill(s, SENDER_FOCUS, &p.out, 2);
	ok(writer_len(&p.w) < 32,
	    "and come back as a difference (%zu bytes)", writer_len(&p.w));
	view_unref(v);
	for (i = 0; i < 200; i++) {
		v = test_view(1000 + i, snap, 0);
		sender_set(s, v, 3 + i);
		view_unref(v);
	}
	sender_stats(s, &st);
	is_int(st.surfaces, VIEW_HELD_MAX + 1, "but not too many of them");
	snap_unref(snap);
	teardown();
}

static void
missed(void)
{
	struct sender_stats	 st;
	struct reader		 rd;
	uint8_t			 bytes[20];
	size_t			 n;

	setup(true);
	change("$ make check", 0);
	test_exchange(s, r, 1179, 0);
	change("$ make check.", 1);
	test_send(&p, s, 1179, 1);
	sender_stats(s, &st);
	is_int(st.rows_diff, 1, "a row as a difference");
	n = test_hex("10 00 01 04", bytes, sizeof bytes);
	reader_init(&rd, bytes, n);
	is_int(sender_frame(s, FRAME_ROW_MISS, &rd, 1), 0, "cannot be read");
	test_send(&q, s, 1179, 1);
	sender_stats(s, &st);
	is_int(st.rows_whole, 2, "and is sent whole");
	test_acked(&p, s, 1);
	ok(!sender_settled(s), "an answer to the first does not count");
	test_acked(&q, s, 1);
	ok(sender_settled(s), "one to the second does");
	n = test_hex("10 02 01 04", bytes, sizeof bytes);
	reader_init(&rd, bytes, n);
	sender_frame(s, FRAME_ROW_MISS, &rd, 1);
	ok(!sender_settled(s) && test_send(&q, s, 1179, 1) > 0,
	    "a row that was lost on the other side goes again");
	reader_init(&rd, bytes, n);
	sender_frame(s, FRAME_ROW_MISS, &rd, 1);
	ok(test_send(&p, s, 1179, 1) == 0,
	    "but not when it is on its way anyway");
	n = test_hex("10 01 00", bytes, sizeof bytes);
	reader_init(&rd, bytes, n);
	sender_frame(s, FRAME_ROW_MISS, &rd, 1);
	replica_free(r);
	r = replica_new();
	test_exchange(s, r, 1179, 1);
	ok(sender_settled(s), "a surface can be asked for from nothing");
	n = test_hex("10 04 00", bytes, sizeof bytes);
	reader_init(&rd, bytes, n);
	is_int(sender_frame(s, FRAME_ROW_MISS, &rd, 1), -1, "unknown flags");
	n = test_hex("10 00 01 01", bytes, sizeof bytes);
	reader_init(&rd, bytes, n);
	is_int(sender_frame(s, FRAME_ROW_MISS, &rd, 1), -1, "no row -1");
	n = test_hex("00 01 00 18 00 00 00 00", bytes, sizeof bytes);
	reader_init(&rd, bytes, n);
	is_int(sender_frame(s, FRAME_VIEW, &rd, 1), -1, "no screen of 0");
	n = test_hex("00", bytes, sizeof bytes);
	reader_init(&rd, bytes, n);
	is_int(sender_frame(s, FRAME_GRID, &rd, 1), -1, "no grids this way");
	teardown();
}

/* Rows of many colours, each larger than a datagram. */
static void
large(void)
{
	struct sender_stats	 st;
	struct view		*v;
	struct cell		 c = { .ch = 'x' };
	int			 x, y, rounds = 0;

	setup(true);
	canvas_resize(cv, 400, 20);
	for (y = 0; y < 20; y++) {
		for (x = 0; x < 400; x++) {
			c.fg = COLOUR_RGB | (x * 7919 * (y + 1) & 0xffffff);
			c.bg = COLOUR_RGB | (x * 104729 * (y + 1) & 0xffffff);
			canvas_put(cv, x, y, &c, NULL);
		}
	}
	test_set(s, cv, &pub, PANE, 0);
	while (!sender_settled(s) && rounds < 1000) {
		/* Of each three packets of 500 bytes one arrives. */
		if (test_send(&p, s, 450, rounds) == 0) {
			if (sender_due(s, rounds, SENDER_HIDDEN) <=
			    (usec_t)rounds)
				break;
		}
		rounds++;
		if (rounds % 3 != 0) {
			test_lost(&p, s, rounds);
			continue;
		}
		test_receive(&p, r, rounds);
		test_acked(&p, s, rounds);
	}
	ok(sender_settled(s), "rows larger than a packet arrive in pieces");
	v = replica_view(r);
	for (y = 0; y < 20; y++) {
		if (v->places[0].snap == NULL ||
		    !rowop_equal(v->places[0].snap->row[y], cv->row[y]))
			break;
	}
	is_int(y, 20, "and whole");
	sender_stats(s, &st);
	diag("%d packets, %ju pieces", rounds, (uintmax_t)st.pieces);
	view_unref(v);
	/* None arrive: no endless loop. */
	for (y = 0; y < 20; y++) {
		c.ch = 'y';
		canvas_put(cv, 0, y, &c, NULL);
		canvas_fill(cv, 1, y, 399, 1, &c);
		for (x = 0; x < 400; x++) {
			c.fg++;
			canvas_put(cv, x, y, &c, NULL);
		}
	}
	test_set(s, cv, &pub, PANE, 2000);
	for (rounds = 0; rounds < 500; rounds++) {
		if (test_send(&p, s, 450, 2000) == 0)
			break;
	}
	ok(sender_due(s, 2000, SENDER_HIDDEN) > 2000,
	    "when all that may be is under way, nothing is due");
	teardown();
}

/* A packet may take only so many notes. */
static void
notes(void)
{
	int	 y, n;

	setup(true);
	for (y = 0; y < 24; y++) {
		test_text(cv, 0, y, "x");
		if (y % 2 == 0)
			change("y", y);	/* so that ids are scattered */
	}
	change("z", 99);
	test_packet_init(&p, 1179);
	p.notes_max = 2;
	for (n = 0; n < SENDER_CLASSES; n++)
		sender_fill(s, n, &p.out, 99);
	is_int(p.notes, 2, "no more notes than there is room for");
	test_receive(&p, r, 99);
	test_acked(&p, s, 99);
	test_exchange(s, r, 1179, 99);
	ok(sender_settled(s), "and the rest later");
	teardown();
}

static void
wanted(void)
{
	struct sender_pace	 pace;
	struct view_want	 w = { .cols = 80, .rows = 24, .rate_max = 10 };
	struct reader		 rd;

	setup(false);
	sender_pace_default(&pace, 0, true);
	sender_pace(s, &pace);
	is_int(sender_want_version(s), 0, "nothing is wanted at first");
	replica_want(r, &w);
	test_packet_init(&p, 1179);
	replica_fill(r, &p.out, 0);
	reader_init(&rd, p.bytes + 1, writer_len(&p.w) - 1);
	sender_frame(s, p.bytes[0], &rd, 0);
	is_int(sender_want_version(s), 1, "then it is");
	change("a", 0);
	test_send(&p, s, 1179, 0);
	change("b", 0);
	ok(sender_due(s, 0, SENDER_FOCUS) == 100 * MS,
	    "no more pictures than the client wants");
	w.flags = VIEW_WANT_HIDDEN;
	replica_want(r, &w);
	test_packet_init(&q, 1179);
	replica_fill(r, &q.out, 0);
	reader_init(&rd, q.bytes + 1, writer_len(&q.w) - 1);
	sender_frame(s, q.bytes[0], &rd, 0);
	ok(sender_due(s, 0, SENDER_FOCUS) == USEC_NEVER,
	    "and none if it is hidden");
	test_lost(&p, s, 0);
	teardown();
}

static void
reset(void)
{
	size_t	 n;

	setup(true);
	sender_kv(s, VIEW_KV_TITLE, "t", 1);
	change("hello", 0);
	test_exchange(s, r, 1179, 0);
	replica_free(r);
	r = replica_new();
	sender_reset(s);
	ok(!sender_settled(s), "after a reset nothing is held");
	n = test_exchange(s, r, 1179, 0);
	ok(sender_settled(s) && n > 30, "all is sent again");
	ok(*replica_kv(r, VIEW_KV_TITLE, &n) == 't' && n == 1, "values too");
	ok(!sender_kv(s, 0, "", 0) && !sender_kv(s, 256, "", 0) &&
	    !sender_kv(s, 5, NULL, KV_VALUE_MAX + 1), "limits of values");
	sender_kv(s, VIEW_KV_TITLE, NULL, 0);
	test_exchange(s, r, 1179, 0);
	replica_kv(r, VIEW_KV_TITLE, &n);
	is_int(n, 0, "a value can be taken back");
	teardown();
}

int
main(void)
{
	pacing();
	latest_wins();
	echo();
	classes();
	missed();
	large();
	notes();
	wanted();
	reset();
	return (done_testing());
}
