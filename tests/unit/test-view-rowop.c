/* SPDX-License-Identifier: ISC */
/* links: view term wire base */
/* Rows survive being written and read, whole and against any other row. */

#include "base/rng.h"
#include "view/rowop.h"

#include "test-view-util.h"

static struct rng_seeded	 rng;
static struct rowop_palette	 out, in;
static uint8_t			 buf[VIEW_PIECE_TOTAL_MAX];

static uint32_t
below(uint32_t n)
{
	return ((uint32_t)rng_below(&rng.rng, n));
}

static uint32_t
random_colour(void)
{
	return (below(2) ? 0 : below(2) ? colour_index(below(256)) :
	    COLOUR_RGB | below(1 << 24));
}

/* Change n stretches of a row. */
static void
random_row(struct row *r, int n)
{
	struct link	*l = NULL;
	struct cell_ext	 e;
	struct cell	 c;
	int		 x, k;
	uint32_t	 same;

	while (n-- > 0) {
		memset(&c, 0, sizeof c);
		memset(&e, 0, sizeof e);
		c.fg = random_colour();
		c.bg = random_colour();
		c.attr = below(3) ? 0 : below(0x3fff);
		if (below(4) == 0)
			e.us = random_colour();
		if (below(4) == 0)
			e.link = l = link_new(below(2) ? "i" : "",
			    below(2) ? "http://a/" : "file:///caf\303\251");
		same = below(3) ? 0 : 'x';
		x = below(r->cols);
		for (k = below(r->cols / 3 + 2); k >= 0 && x < r->cols; k--) {
			c.ch = same ? same : below(8) ? 'a' + below(26) :
			    below(2) ? 0 : 0x4e00 + below(99);
			e.more = 0;
			if (below(8) == 0) {
				e.more = 1 + below(CLUSTER_MORE_MAX);
				for (int i = 0; i < e.more; i++)
					e.cps[i] = 0x1f300 + below(50);
				if (c.ch == 0)
					c.ch = 'e';
			}
			if (cell_cp(&c) >= 0x4e00)
				c.ch |= CELL_WIDE;
			row_put(r, x, &c, &e);
			x += cell_width(&c);
		}
		link_unref(l);
		l = NULL;
	}
	if (below(6) == 0)
		row_clear(r, below(r->cols), r->cols, 0);
	r->flags = below(3) ? 0 : below(0x40);
}

static size_t
write_row(const struct row *r, const struct row *base, size_t cap)
{
	struct writer	 w;

	writer_init(&w, buf, cap);
	rowop_palette_clear(&out);
	rowop_write(&out, &w, r, base, ROWOP_ALL);
	return (writer_ok(&w) ? writer_len(&w) : 0);
}

static struct row *
read_row(const uint8_t *p, size_t n, const struct row *base, int cols)
{
	struct reader	 rd;
	struct row	*r;

	reader_init(&rd, p, n);
	rowop_palette_clear(&in);
	r = rowop_read(&in, &rd, base, cols);
	if (r != NULL && reader_left(&rd) != 0) {
		row_unref(r);
		r = NULL;
	}
	return (r);
}

static bool
survives(const struct row *r, const struct row *base, int cols)
{
	size_t		 n = write_row(r, base, sizeof buf);
	struct row	*got = read_row(buf, n, base, cols);
	bool		 good;

	good = got != NULL && rowop_equal(got, r) && row_check(got) == NULL;
	if (!good) {
		diag("%zu bytes, %s", n, got == NULL ? "not read" :
		    row_check(got) == NULL ? "not equal" : row_check(got));
		tap_hex("bytes", buf, n < 200 ? n : 200);
	}
	row_unref(got);
	return (good);
}

static void
random_rows(void)
{
	struct row	*a, *b;
	int		 i, cols;

	for (i = 0; i < 3000; i++) {
		cols = 1 + below(i % 10 == 0 ? 300 : 40);
		a = row_new(cols);
		random_row(a, below(5));
		b = row_new(1 + below(40));
		if (below(2))
			row_copy_cells(b, 0, a, 0, a->used);
		random_row(b, below(4));
		if (row_check(a) != NULL || row_check(b) != NULL)
			bail("the test makes bad rows: %s, %s", row_check(a),
			    row_check(b));
		if (!survives(a, NULL, 1 + below(50)) ||
		    !survives(b, a, 1 + below(50)) ||
		    !survives(a, b, cols))
			break;
		row_unref(a);
		row_unref(b);
	}
	is_int(i, 3000, "random rows are read as they were written");
}

static void
golden(void)
{
	struct cell	 c = { .ch = 'x', .fg = colour_index(2),
			    .attr = ATTR_BOLD };
	struct cell_ext	 e = { .us = colour_rgb(1, 2, 3), .more = 1,
			    .cps = { 0x301 } };
	struct canvas	*cv = canvas_new(40, 1);
	struct row	*base, *r, *got;
	uint8_t		 bytes[64];
	size_t		 n;

	test_golden(buf, write_row(cv->row[0], NULL, 100), "e0",
	    "a blank row is one byte");
	test_text(cv, 0, 0, "$ ls");
	base = row_copy(cv->row[0], 40);
	test_golden(buf, write_row(base, NULL, 100), "23 24 20 6c 73 e0",
	    "text is text");
	test_text(cv, 4, 0, "a");
	test_golden(buf, write_row(cv->row[0], base, 100), "03 20 61 e0",
	    "an appended character is a skip and a text");
	test_golden(buf, write_row(base, cv->row[0], 100), "03 e1",
	    "what was taken away is erased");
	row_unref(base);
	canvas_clear(cv);
	test_text(cv, 0, 0, "--------");
	canvas_put(cv, 8, 0, &c, NULL);
	c.ch = 0x4e2d | CELL_WIDE;
	canvas_put(cv, 9, 0, &c, NULL);
	c.ch = 'e';
	canvas_put(cv, 11, 0, &c, &e);
	c.ch = 'y';
	canvas_put(cv, 12, 0, &c, NULL);
	r = cv->row[0];
	r->flags = ROW_WRAPPED;
	n = write_row(r, NULL, 100);
	test_golden(buf, n,
	    "e2 01"		/* flags */
	    "67 2d"		/* eight dashes */
	    "81 05 02 01"	/* style 1: foreground 2, bold */
	    "20 78"
	    "40 e4 b8 ad"	/* wide */
	    "82 0d 02 01 80 01 03 03" /* style 2: with an underline colour */
	    "a0 65 cc 81"	/* cluster */
	    "81 20 79"		/* style 1 again */
	    "e0", "styles are defined once");
	got = read_row(buf, n, NULL, 40);
	ok(got != NULL && rowop_equal(got, r), "and read");
	row_unref(got);
	while (n > 0) {
		if ((got = read_row(buf, --n, NULL, 1)) != NULL)
			break;
	}
	is_int(n, 0, "a row that is cut anywhere is malformed");
	canvas_free(cv);

	n = test_hex("22 1b 5b 41 e0", bytes, sizeof bytes);
	ok(read_row(bytes, n, NULL, 1) == NULL, "no escape gets in");
	n = test_hex("20 c2 9b e0", bytes, sizeof bytes);
	ok(read_row(bytes, n, NULL, 1) == NULL, "no C1 control either");
	n = test_hex("20 ff e0", bytes, sizeof bytes);
	ok(read_row(bytes, n, NULL, 1) == NULL, "text is UTF-8");
	n = test_hex("81 10 00 00 03 61 1b 62 e0", bytes, sizeof bytes);
	ok(read_row(bytes, n, NULL, 1) == NULL, "no escape in a link");
	n = test_hex("82 01 01 e0", bytes, sizeof bytes);
	ok(read_row(bytes, n, NULL, 1) == NULL, "styles come in order");
	n = test_hex("1f 50 00 1f 50 00 e0", bytes, sizeof bytes);
	ok(read_row(bytes, n, NULL, 1) == NULL, "4096 cells are the limit");
}

static void
large(void)
{
	struct row	*r = row_new(ROW_COLS_MAX);
	struct cell	 c = { .ch = 0x1f600 };
	int		 x;
	size_t		 n;

	for (x = 0; x < ROW_COLS_MAX; x++) {
		c.fg = COLOUR_RGB | below(1 << 24);
		c.bg = COLOUR_RGB | below(1 << 24);
		c.attr = below(0x600);
		row_put(r, x, &c, NULL);
	}
	n = write_row(r, NULL, sizeof buf);
	diag("4096 cells, each in its own colours: %zu bytes", n);
	ok(n > 0 && survives(r, NULL, 1), "the largest row can be written");
	is_int(write_row(r, NULL, 1200), 0, "and it does not fit into 1200");
	row_unref(r);
}

static void
invisible(void)
{
	struct row	*a = row_new(10), *b = row_new(20);
	struct cell	 c = { .attr = ATTR_PROTECTED | ATTR_ZONE_PROMPT };
	struct row	*r;
	struct cell	 bad = { .ch = 0x1b };

	row_put(a, 5, &c, NULL);
	ok(rowop_blank(a) && rowop_equal(a, b), "zones cannot be seen");
	is_int(write_row(a, b, 100), 1, "and do not travel");
	row_put(b, 0, &bad, NULL);
	write_row(b, NULL, 100);
	r = read_row(buf, 3, NULL, 1);
	ok(r != NULL && r->cells[0].ch == '?',
	    "a control that got into a row leaves as something harmless");
	row_unref(r);
	row_unref(a);
	row_unref(b);
}

int
main(void)
{
	rng_seeded_init(&rng, 7);
	rowop_palette_init(&out);
	rowop_palette_init(&in);
	golden();
	invisible();
	random_rows();
	large();
	rowop_palette_fini(&out);
	rowop_palette_fini(&in);
	return (done_testing());
}
