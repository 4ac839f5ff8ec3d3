/* SPDX-License-Identifier: ISC */
/* links: view term wire base */
/*
 * The frames as sender and replica write them, byte for byte, and how many
 * bytes common changes of a screen take.
 */

#include "view/rowop.h"

#include "test-view-util.h"

#define PANE	16

static struct test_packet	 p;

static void
golden(void)
{
	struct sender		*s = test_sender();
	struct replica		*r = replica_new();
	struct canvas		*cv = canvas_new(80, 24);
	struct publisher	 pub;
	struct view_want	 want = { .cols = 80, .rows = 24, .flags = 2 };
	struct reader		 rd;

	publisher_init(&pub);
	test_text(cv, 0, 0, "hi");
	cv->cx = 2;
	cv->cy = 0;
	test_set(s, cv, &pub, PANE, 0);
	test_golden(p.bytes, test_send(&p, s, 1179, 0),
	    "19 10 00 01 00"		/* GRID 16, version 1, no base */
	    "33 40 50 18"		/* fields; 80 by 24 */
	    "01 04 02"			/* line 0 is row 1 */
	    "02 00 09"			/* cursor, modes */
	    "18 10 01 01"		/* ROWS 16, from id 1; row 1, whole */
	    "21 68 69 e0 00"
	    "1a 01 01 0c"		/* KV 1 (layout), version 1 */
	    "40 50 18 10 01 10 00 00 40 50 18 01",
	    "GRID, ROWS and KV of a first screen");
	is_int(p.notes, 3, "three notes");
	is_int(test_receive(&p, r, 0), 0, "are understood");
	test_acked(&p, s, 0);

	sender_kv(s, VIEW_KV_TITLE, "vim", 3);
	test_golden(p.bytes, test_send(&p, s, 1179, 0), "1a 02 02 03 76 69 6d",
	    "a title");
	test_lost(&p, s, 0);
	sender_kv(s, VIEW_KV_TITLE, "sh", 2);
	test_golden(p.bytes, test_send(&p, s, 1179, 0), "1a 02 03 02 73 68",
	    "and another");
	test_acked(&p, s, 0);

	replica_want(r, &want);
	test_packet_init(&p, 1179);
	replica_fill(r, &p.out, 0);
	test_golden(p.bytes, writer_len(&p.w), "1b 00 01 40 50 18 00 00 00 02",
	    "VIEW");
	reader_init(&rd, p.bytes + 1, writer_len(&p.w) - 1);
	is_int(sender_frame(s, p.bytes[0], &rd, 0), 0, "is understood");
	ok(sender_want(s, &want) && want.cols == 80 && want.flags == 2,
	    "and gives back what was wanted");

	reader_init(&rd, "\020\003\002\000\040x\340\000", 8);
	is_int(replica_frame(r, FRAME_ROWS, &rd, 0), -1,
	    "a row is not its own base");
	canvas_free(cv);
	publisher_fini(&pub);
	sender_free(s);
	replica_free(r);
}

static void
miss(void)
{
	struct replica	*r = replica_new();
	struct reader	 rd;
	uint8_t		 bytes[40];
	size_t		 n;

	n = test_hex("10 05 02 04 20 78 e0 12 04 20 78 e0 00", bytes,
	    sizeof bytes);
	reader_init(&rd, bytes, n);
	is_int(replica_frame(r, FRAME_ROWS, &rd, 0), 0,
	    "rows 5 and 7 against 3 and 5, which are not there");
	test_packet_init(&p, 1179);
	replica_fill(r, &p.out, 0);
	test_golden(p.bytes, writer_len(&p.w), "1c 10 00 02 0a 04",
	    "are asked for by ROW_MISS");
	n = test_hex("10 00 09 03 00", bytes, sizeof bytes);
	reader_init(&rd, bytes, n);
	is_int(replica_frame(r, FRAME_GRID, &rd, 0), 0,
	    "a grid on an unknown base");
	test_packet_init(&p, 1179);
	replica_fill(r, &p.out, 0);
	test_golden(p.bytes, writer_len(&p.w), "1c 10 01 00",
	    "is asked for as a whole");
	replica_free(r);
}

static void
piece(void)
{
	struct sender	*s = test_sender();
	struct replica	*r = replica_new();
	uint8_t		 value[600];
	const uint8_t	*got;
	size_t		 n;

	memset(value, 'x', sizeof value);
	sender_kv(s, VIEW_KV_MESSAGE, value, sizeof value);
	n = test_send(&p, s, 300, 0);
	is_int(n, 1 + 1 + 2 + 1 + 2 + 256, "two pieces fit into 300 bytes");
	test_golden(p.bytes, 12, "1e 01 42 5d 00 41 00 1a 07 01 42 58",
	    "PIECE: number 1, 605 bytes, from 0, 256 of them: a KV");
	is_int(test_receive(&p, r, 0), 0, "read");
	test_acked(&p, s, 0);
	n = test_send(&p, s, 300, 0);
	test_golden(p.bytes, 8, "1e 01 42 5d 02 41 00 78", "two more");
	is_int(test_receive(&p, r, 0), 0, "read");
	test_lost(&p, s, 0);
	n = test_send(&p, s, 300, 0);
	test_receive(&p, r, 0);
	n = test_send(&p, s, 300, 0);
	is_int(n, 1 + 1 + 2 + 1 + 2 + 605 - 512, "the last one is shorter");
	is_int(test_receive(&p, r, 0), 0, "read");
	got = replica_kv(r, VIEW_KV_MESSAGE, &n);
	ok(n == sizeof value && memcmp(got, value, n) == 0, "all is there");
	sender_free(s);
	replica_free(r);
}

/* Bytes of frames that a change takes once the client is up to date. */
struct bench {
	struct sender	*s;
	struct replica	*r;
	struct canvas	*cv;
	struct publisher pub;
	struct view_echo echo;
	usec_t		 now;
};

static size_t
bench_cost(struct bench *b)
{
	sender_echo(b->s, PANE, &b->echo);
	test_set(b->s, b->cv, &b->pub, PANE, b->now++);
	return (test_exchange(b->s, b->r, 1179, b->now));
}

static void
bench_key(struct bench *b, int x, int y, char ch)
{
	char	 text[2] = { ch, '\0' };

	test_text(b->cv, x, y, text);
	b->cv->cx = x + 1;
	b->cv->cy = y;
	b->echo.accepted += 6;
	b->echo.settled = b->echo.accepted;
}

/* Something like a program's source, highlighted. */
static void
bench_vim(struct canvas *cv, unsigned seed)
{
	static const char *const words[] = { "static ", "int ", "return ",
	    "struct row *", "if (", "x == 0) ", "for ", "(i = 0; ", "\"text\"",
	    ";" };
	static const uint8_t	 colours[] = { 2, 2, 130, 2, 130, 0, 130, 0,
				    1, 0 };
	struct cell		 c;
	unsigned		 h;
	int			 x, y, k;

	canvas_clear(cv);
	for (y = 0; y < cv->rows - 1; y++) {
		seed = seed * 1103515245 + 12345;
		x = (seed >> 16) % 3 * 8;
		for (k = (seed >> 20) % 8; k > 0; k--) {
			seed = seed * 1103515245 + 12345;
			h = (seed >> 16) % 10;
			memset(&c, 0, sizeof c);
			c.fg = colours[h] ? colour_index(colours[h]) : 0;
			x += canvas_text(cv, x, y, cv->cols - x, &c, words[h],
			    strlen(words[h]));
		}
	}
}

static void
measure(int cols, int rows)
{
	struct bench	 b = { .now = 1000 };
	size_t		 n, k;
	char		 line[60];
	int		 i;

	b.s = test_sender();
	b.r = replica_new();
	b.cv = canvas_new(cols, rows);
	publisher_init(&b.pub);
	view_echo_init(&b.echo);
	test_text(b.cv, 0, 0, "$ ");
	n = bench_cost(&b);
	diag("%dx%d: attach to an almost empty screen: %zu bytes", cols, rows,
	    n);
	for (k = n = 0, i = 2; i < 40; i++, k++) {
		bench_key(&b, i, 0, 'a' + i % 26);
		n += bench_cost(&b);
	}
	diag("one echoed key, first of a session: %zu.%02zu bytes", n / k,
	    n * 100 / k % 100);
	ok(n <= 25 * k, "a key takes at most 25 bytes of ROWS and GRID");
	b.pub.next = 70000;
	b.echo.accepted = 5000000;
	for (i = 0; i < 100; i++) {
		test_scroll(b.cv);
		snprintf(line, sizeof line, "line %d of some output", i);
		test_text(b.cv, 0, rows - 2, line);
		bench_cost(&b);
	}
	test_text(b.cv, 0, rows - 1, "$ ");
	bench_cost(&b);
	for (k = n = 0, i = 2; i < 40; i++, k++) {
		bench_key(&b, i, rows - 1, 'a' + i % 26);
		n += bench_cost(&b);
	}
	diag("one echoed key, row ids and versions above 16383: %zu.%02zu",
	    n / k, n * 100 / k % 100);
	ok(n <= 28 * k, "and at most 28 later on");
	for (k = n = 0, i = 0; i < 50; i++, k++) {
		test_scroll(b.cv);
		snprintf(line, sizeof line, "%d: twenty-four characters", i);
		test_text(b.cv, 0, rows - 2, line);
		n += bench_cost(&b);
	}
	diag("one line of 29 characters scrolled in: %zu.%02zu", n / k,
	    n * 100 / k % 100);
	ok(n <= 60 * k, "a scrolled line takes little more than its text");
	bench_vim(b.cv, 1);
	n = bench_cost(&b);
	diag("a page of highlighted source: %zu", n);
	bench_vim(b.cv, 2);
	n = bench_cost(&b);
	diag("another one over it: %zu", n);
	test_scroll(b.cv);
	test_text(b.cv, 0, rows - 2, "	return (0);");
	n = bench_cost(&b);
	diag("that scrolled by one: %zu", n);
	canvas_clear(b.cv);
	n = bench_cost(&b);
	diag("clear: %zu", n);
	ok(n <= 16, "a clear is next to nothing");
	b.cv->cx = 9;
	b.echo.settled = b.echo.accepted += 6;
	n = bench_cost(&b);
	diag("input settled and the cursor moved, nothing else: %zu", n);
	canvas_free(b.cv);
	publisher_fini(&b.pub);
	sender_free(b.s);
	replica_free(b.r);
}

int
main(void)
{
	golden();
	miss();
	piece();
	measure(80, 24);
	measure(160, 50);
	return (done_testing());
}
