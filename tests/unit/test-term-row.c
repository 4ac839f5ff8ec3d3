/* SPDX-License-Identifier: ISC */
/*
 * Rows, canvases, widths and captures: sharing, halves of wide characters,
 * rare parts, clipping.
 */

#include "base/rng.h"
#include "base/xmalloc.h"
#include "tap.h"
#include "term/canvas.h"
#include "term/capture.h"
#include "term/width.h"

static const struct cell	plain = { .ch = 'x' };

static const char *
text(const struct row *r)
{
	static char	 s[1024];

	row_text(r, 0, r->cols, s, sizeof s);
	return (s);
}

static void
write_text(struct row *r, int x, const char *s)
{
	row_fill_ascii(r, x, (const uint8_t *)s, (int)strlen(s), &plain, NULL);
}

static void
sharing(void)
{
	struct row	*r = row_new(10), *slot, *copy;

	write_text(r, 0, "hello");
	slot = r;
	ok(row_own(&slot, 10) == r, "a private row is written in place");
	row_ref(r);
	copy = row_own(&slot, 10);
	ok(copy != r && slot == copy && row_same(copy, r),
	    "a shared one is copied first");
	is_int(r->refs, 1, "and gives up the reference of the slot");
	row_unref(copy);
	r->id = 7;
	slot = r;
	copy = row_own(&slot, 20);
	ok(copy->id == 0 && copy->cols == 20, "so is one that was published");
	is_str(row_check(copy), NULL, "the copy is in order");
	row_unref(copy);
}

static void
halves(void)
{
	struct row	*r = row_new(6), *c;
	struct cell	 wide = { .ch = 0x4e2d | CELL_WIDE, .bg = 3 };

	row_put(r, 0, &wide, NULL);
	row_put(r, 2, &wide, NULL);
	row_put(r, 1, &plain, NULL);
	is_str(text(r), " x\xe4\xb8\xad  ", "the other half becomes blank");
	row_put(r, 5, &wide, NULL);
	is_str(text(r), " x\xe4\xb8\xad  ", "half of one is not put");
	c = row_copy(r, 3);
	is_str(text(c), " x ", "a cut through one blanks it");
	is_str(row_check(c), NULL, "and leaves the row in order");
	row_unref(c);
	row_clear(r, 3, 1, 0);
	is_str(text(r), " x    ", "clearing half clears the whole");
	row_put(r, 2, &wide, NULL);
	row_copy_cells(r, 0, r, 3, 3);
	is_str(row_check(r), NULL, "a copy that begins in one is in order");
	row_unref(r);
}

static void
rare(void)
{
	struct row	*r = row_new(80), *q = row_new(80);
	struct link	*l = link_new("id", "http://x/");
	struct cell_ext	 e = { .us = 5, .link = l }, m = { .more = 1 };
	int		 i, k;

	m.cps[0] = 0x301;
	for (i = 0; i < 80; i++)
		row_put(r, i, &plain, &e);
	is_int(r->next, 1, "equal neighbours share their rare parts");
	for (k = 0; k < 1000; k++) {
		for (i = 0; i < 80; i++) {
			m.cps[0] = 0x300 + (uint32_t)(i * k % 64);
			row_put(r, i, &plain, &m);
		}
	}
	ok(r->ext_cap <= 256, "what nobody names is squeezed out");
	is_str(row_check(r), NULL, "and what is left is in order");
	is_int(l->refs, 1, "links are let go");
	for (i = 0; i < 80; i += 2)
		row_put(r, i, &plain, &e);
	row_copy_cells(q, 10, r, 0, 60);
	ok(row_ext(q, &q->cells[10])->link == l, "links are copied");
	is_str(row_check(q), NULL, "and the copy is in order");
	row_copy_cells(q, 0, r, 0, 80);
	ok(row_same(q, r), "a copy of all is the same");
	q->cells[3].attr ^= ATTR_BOLD;
	ok(!row_same(q, r), "one bit makes a difference");
	row_unref(r);
	row_unref(q);
	is_int(l->refs, 1, "all references are given back");
	link_unref(l);
}

/* Random writes: the invariants hold. */
static void
random_rows(void)
{
	struct rng_seeded rng;
	struct row	*r[2] = { row_new(30), row_new(30) };
	struct link	*l = link_new("", "http://x/");
	struct cell	 c = { 0 };
	struct cell_ext	 e = { 0 };
	const char	*why = NULL;
	int		 i, n;

	rng_seeded_init(&rng, 1);
#define R(k)	((int)rng_below(&rng.rng, (k)))
	for (i = 0; i < 200000 && why == NULL; i++) {
		struct row	*a = r[R(2)], *b = r[R(2)];

		switch (R(5)) {
		case 0:
			row_clear(a, R(34) - 2, R(34) - 2,
			    R(2) ? 0 : colour_index(1));
			break;
		case 1:
			row_copy_cells(a, R(34) - 2, b, R(34) - 2, R(34));
			break;
		case 2:
			n = R(10);
			write_text(a, R(20), &"abcdefghij"[n]);
			break;
		default:
			c.ch = 'a' + (uint32_t)R(26);
			if (R(3) == 0)
				c.ch |= CELL_WIDE;
			e.more = R(4) ? 0 : 1 + (uint8_t)R(15);
			for (n = 0; n < e.more; n++)
				e.cps[n] = 0x300 + (uint32_t)R(50);
			e.link = R(3) ? NULL : l;
			e.us = R(3) ? 0 : colour_index(R(9));
			row_put(a, R(34) - 2, &c, &e);
		}
		if ((why = row_check(r[0])) == NULL)
			why = row_check(r[1]);
	}
#undef R
	is_str(why, NULL, "rows stay in order whatever is written (%d)", i);
	row_unref(r[0]);
	row_unref(r[1]);
	link_unref(l);
}

static void
canvases(void)
{
	static const struct cell style = { .fg = COLOUR_INDEXED | 1 };
	struct canvas	*cv = canvas_new(10, 3);
	struct row	*r;
	struct snap	*s;

	is_int(canvas_text(cv, 0, 0, 100, &style, "a\xe4\xb8\xad" "b\x01", 6),
	    5, "text takes its columns");
	is_str(text(cv->row[0]), "a\xe4\xb8\xad" "b      ",
	    "controls show as spaces");
	is_int(canvas_text(cv, 0, 1, 2, &style, "a\xe4\xb8\xad", 4), 1,
	    "a wide character that does not fit is left out");
	is_int(canvas_text(cv, 8, 2, 10, &style, "abc\xe4\xb8\xad", 6), 5,
	    "text beyond the edge counts");
	is_str(text(cv->row[2]), "        ab", "but is clipped");
	is_int(canvas_text(cv, -1, 2, 10, &style, "xy", 2), 2, "at both sides");
	is_str(text(cv->row[2]), "y       ab", "likewise");
	canvas_text(cv, 0, 99, 10, &style, "xy", 2);
	canvas_put(cv, 99, -5, &style, NULL);
	canvas_fill(cv, 7, 0, 99, 99, &plain);
	is_str(text(cv->row[1]), "a      xxx", "a fill is clipped");
	s = canvas_snap(cv, 3, MODE_WRAP);
	r = cv->row[0];
	canvas_text(cv, 0, 0, 10, &style, "new", 3);
	ok(cv->row[0] != r && s->row[0] == r, "a snapshot is not drawn upon");
	is_int(s->modes & MODE_CURSOR, 0, "no cursor was shown");
	canvas_row(cv, 2, 1, s->row[2], 8, 5);
	is_str(text(cv->row[1]), "a xx   xxx",
	    "columns that a row lacks are blank");
	canvas_set_row(cv, 1, s->row[2]);
	ok(cv->row[1] == s->row[2], "a whole row is taken by reference");
	canvas_clear(cv);
	is_str(text(cv->row[1]), "          ", "and cleared without harm");
	is_str(text(s->row[2]), "y      xxx", "to it");
	snap_unref(s);
	canvas_resize(cv, 4, 2);
	is_int(cv->row[1]->cols, 4, "another size");
	canvas_free(cv);
}

static void
widths(void)
{
	static const struct {
		const char	*text;
		int		 width;
	} of[] = {
		{ "", 0 }, { "abc", 3 }, { "\xe4\xb8\xad", 2 },
		{ "e\xcc\x81", 1 }, { "\xcc\x81", 0 }, { "\xf0\x9f\x98\x80", 2 },
		{ "\xe2\x9d\xa4", 1 }, { "\xe2\x9d\xa4\xef\xb8\x8f", 2 },
		{ "1\xef\xb8\x8f\xe2\x83\xa3", 2 },
		{ "\xf0\x9f\x87\xa9\xf0\x9f\x87\xaa", 2 },
		{ "\xf0\x9f\x87\xa9\xf0\x9f\x87\xaa\xf0\x9f\x87\xab", 3 },
		{ "\xf0\x9f\x91\xa8\xe2\x80\x8d\xf0\x9f\x91\xa9", 2 },
		{ "\xea\xb0\x80", 2 },
		{ "\xe1\x84\x80\xe1\x85\xa1\xe1\x86\xa8", 2 },
		{ "\xc2\xad", 1 }, { "\xe2\x80\x8b", 0 }, { "\xef\xbc\xa1", 2 },
		{ "a\xff\xfe" "b", 4 },
		{ "\xe0\xa4\x95\xe0\xa5\x8d", 1 },
	};
	size_t	 i, n;
	int	 cols;

	for (i = 0; i < sizeof of / sizeof of[0]; i++)
		is_int(text_width(of[i].text, strlen(of[i].text)), of[i].width,
		    "width of \"%s\"", of[i].text);
	n = text_fit("ab\xe4\xb8\xad" "c", 6, 3, &cols);
	is_int(n, 2, "what fits into three columns");
	is_int(cols, 2, "is two");
	is_int(cp_width(7), -1, "controls have no width");
	is_int(cp_width(0x1faff), 2, "emoji to come are wide");
	is_int(cp_width(0x10ffff), 1, "and the last code point narrow");
}

static void
captures(void)
{
	struct row	*r = row_new(10);
	struct cell	 c = { .ch = 'b', .fg = colour_index(1) };
	struct cell	 bar = { .ch = '\\' };
	struct capture_state st = { 0 };
	struct buf	 b;

	buf_init(&b, 1000);
	write_text(r, 0, "a  ");
	row_put(r, 1, &c, NULL);
	capture_row(&b, r, 10, 0, &st);
	buf_addc(&b, '|');
	capture_row(&b, r, 10, CAPTURE_KEEP_SPACES, &st);
	buf_addc(&b, '|');
	capture_row(&b, r, 10, CAPTURE_JOIN, &st);
	buf_addc(&b, '|');
	row_put(r, 2, &bar, NULL);
	capture_row(&b, r, 10, CAPTURE_SGR | CAPTURE_ESCAPE_C0, &st);
	buf_addc(&b, 0);
	is_str((char *)buf_data(&b),
	    "ab|ab        |ab |a\\033[31mb\\033[39m\\\\",
	    "spaces at the end, escapes, as asked");
	buf_fini(&b);
	buf_init(&b, 3);
	ok(!capture_row(&b, r, 10, CAPTURE_KEEP_SPACES, &st),
	    "a full buffer is told");
	buf_fini(&b);
	row_unref(r);
}

int
main(void)
{
	sharing();
	halves();
	rare();
	random_rows();
	canvases();
	widths();
	captures();
	return (done_testing());
}
