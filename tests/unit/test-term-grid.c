/* SPDX-License-Identifier: ISC */
/*
 * Grid, history and reflow against a naive twin: a list of rows that are never
 * packed, joined and cut again from scratch at each change of width.  Random
 * operations, the seed printed; what is compared is every line, its cells,
 * flags and where the cursor is.
 */

#include "base/rng.h"
#include "base/xmalloc.h"
#include "tap.h"
#include "term/grid.h"

#define LINES_MAX	4000
#define COLS_MAX	64

struct twin {
	struct row	*line[LINES_MAX];	/* history, then the screen */
	int		 n, cols, rows, limit;
};

static struct rng_seeded	rng;

static uint32_t
below(uint32_t n)
{
	return ((uint32_t)rng_below(&rng.rng, n));
}

static void
twin_drop(struct twin *t, int from, int n)
{
	int	 i;

	for (i = 0; i < n; i++)
		row_unref(t->line[from + i]);
	memmove(&t->line[from], &t->line[from + n],
	    (size_t)(t->n - from - n) * sizeof t->line[0]);
	t->n -= n;
}

static void
twin_insert(struct twin *t, int at)
{
	memmove(&t->line[at + 1], &t->line[at],
	    (size_t)(t->n - at) * sizeof t->line[0]);
	t->line[at] = row_new(t->cols);
	t->n++;
}

static int
twin_top(const struct twin *t)
{
	return (t->n - t->rows);
}

static void
twin_limit(struct twin *t)
{
	if (twin_top(t) > t->limit)
		twin_drop(t, 0, twin_top(t) - t->limit);
}

/* Random text on a line of both: wide, styled, clusters, links. */
static void
scribble(struct grid *g, struct twin *t, int y)
{
	struct row	*rows[2] = { grid_write(g, y),
			    t->line[twin_top(t) + y] };
	struct cell	 c;
	struct cell_ext	 e;
	struct link	*l = NULL;
	char		 uri[32];
	int		 i, x = (int)below((uint32_t)g->cols), n, w;
	bool		 plain = below(2) != 0;

	if (below(8) == 0) {
		snprintf(uri, sizeof uri, "http://%u/", below(4));
		l = link_new(below(2) ? "id" : "", uri);
	}
	for (n = (int)below(20); n > 0 && x < g->cols; n--) {
		c = (struct cell){ .ch = 'a' + below(26) };
		e = (struct cell_ext){ .link = l };
		w = 1;
		if (!plain) {
			c.fg = below(3) ? 0 : below(2) ?
			    colour_index(below(256)) : colour_rgb(1, 2, 3);
			c.bg = below(3) ? 0 : colour_index(below(256));
			c.attr = below(3) ? 0 : 1u << below(11);
			if (below(4) == 0) {
				c.ch = (0x4e00 + below(100)) | CELL_WIDE;
				w = 2;
			} else if (below(6) == 0) {
				e.more = (uint8_t)(1 + below(3));
				for (i = 0; i < e.more; i++)
					e.cps[i] = 0x301 + (uint32_t)i;
			} else if (below(8) == 0)
				e.us = colour_index(below(256));
		}
		for (i = 0; i < 2; i++)
			row_put(rows[i], x, &c, &e);
		x += w;
	}
	link_unref(l);
	if (below(6) == 0) {
		x = (int)below((uint32_t)g->cols);
		n = (int)below(2);
		for (i = 0; i < 2; i++)
			row_clear(rows[i], x, 5, n ? 0 : colour_index(4));
	}
	n = below(8) == 0 ? ROW_PROMPT : below(8) == 0 ? ROW_DWIDTH :
	    below(3) == 0 ? ROW_WRAPPED : 0;
	for (i = 0; i < 2; i++)
		rows[i]->flags = (uint16_t)n;
}

static bool
same(const struct grid *g, const struct twin *t)
{
	struct row	*r;
	uint64_t	 first = g->hist.first;
	int		 i, have = (int)(g->hist.end - first);
	bool		 good;

	if (have != twin_top(t) || g->rows != t->rows || g->cols != t->cols) {
		diag("history of %d, twin has %d", have, twin_top(t));
		return (false);
	}
	for (i = 0; i < t->n; i++) {
		r = i < have ? hist_get(&g->hist, first + (uint64_t)i,
		    g->cols) : row_ref(grid_row(g, i - have));
		good = row_same(r, t->line[i]) && row_check(r) == NULL;
		if (!good) {
			char	 a[400], b[400];

			row_text(r, 0, r->cols, a, sizeof a);
			row_text(t->line[i], 0, t->cols, b, sizeof b);
			diag("line %d of %d (history %d): [%s] %x, twin [%s] "
			    "%x", i, t->n, have, a, r->flags, b,
			    t->line[i]->flags);
			row_unref(r);
			return (false);
		}
		row_unref(r);
	}
	return (true);
}

/* --- the twin's way to change its size --------------------------------- */

static int
last_used(const struct twin *t)
{
	int	 y;

	for (y = t->rows - 1; y >= 0; y--) {
		if (row_extent(t->line[twin_top(t) + y]) != 0)
			break;
	}
	return (y);
}

static bool
wide_at(const struct row *r, int x)
{
	return (x < r->used && (r->cells[x].ch & CELL_WIDE) != 0);
}

/*
 * Join what is wrapped into lists of (row, column), cut them every cols.  The
 * cursor and the top of the old screen are found by counting cells.
 */
static void
twin_rewrap(struct twin *t, int cols, int rows, int *cx, int *cy)
{
	static struct row	*out[LINES_MAX];
	int	 nout = 0, used, total, i, x, n, k, w, fx, top, old_top;
	int	 cursor = 0, ncx = 0;
	bool	 open = false, full, wrapped;
	struct row *f = NULL;

	used = last_used(t) + 1;
	if (used <= *cy)
		used = *cy + 1;
	full = used == t->rows;
	total = twin_top(t) + used;
	old_top = -1;
	for (i = 0, fx = 0; i < total; i++) {
		struct row	*r = t->line[i];
		struct row	*next = i + 1 < total ? t->line[i + 1] : NULL;

		wrapped = (r->flags & ROW_WRAPPED) && next != NULL;
		n = row_extent(r);
		if (wrapped) {
			n = t->cols;
			if (wide_at(next, 0) && n > 1 &&
			    r->cells[n - 1].ch == 0)
				n--;
		}
		if (!open) {
			f = row_new(cols);
			f->flags = r->flags & ~ROW_WRAPPED;
			fx = 0;
		} else
			f->flags |= r->flags & (ROW_PROMPT | ROW_OUTPUT);
		for (x = 0; x < n; x += k) {
			k = wide_at(r, x) ? 2 : 1;
			if (fx + (cols == 1 ? 1 : k) > cols) {
				f->flags |= ROW_WRAPPED;
				out[nout++] = f;
				f = row_new(cols);
				fx = 0;
			}
			if (i == twin_top(t) && x == 0 && old_top < 0)
				old_top = nout;
			if (i == twin_top(t) + *cy && *cx >= x && *cx < x + k) {
				cursor = nout;
				ncx = fx + (cols == 1 ? 0 : *cx - x);
				if (cols == 1 && *cx > x)
					ncx = 0;
			}
			w = cols == 1 ? 1 : k;	/* half is a blank */
			if (x < r->used)
				row_copy_cells(f, fx, r, x, w);
			fx += w;
		}
		if (i == twin_top(t) && old_top < 0)
			old_top = nout;
		if (i == twin_top(t) + *cy && *cx >= n) {
			cursor = nout;
			ncx = fx + *cx - n;
			if (ncx > cols)
				ncx = cols;
		}
		open = wrapped;
		if (!wrapped) {
			out[nout++] = f;
			f = NULL;
		}
	}
	top = old_top;
	if (full || nout - top > rows)
		top = nout - rows;
	if (top > cursor)
		top = cursor;
	if (cursor - top >= rows)
		top = cursor - rows + 1;
	if (top < 0)
		top = 0;
	for (i = 0; i < t->n; i++)
		row_unref(t->line[i]);
	for (i = top + rows; i < nout; i++)
		row_unref(out[i]);
	t->n = nout < top + rows ? nout : top + rows;
	memcpy(t->line, out, (size_t)t->n * sizeof out[0]);
	t->cols = cols;
	t->rows = rows;
	while (t->n < top + rows)
		t->line[t->n++] = row_new(cols);
	*cy = cursor - top;
	*cx = ncx;
	twin_limit(t);
}

static void
twin_rows(struct twin *t, int rows, int *cy)
{
	int	 used = last_used(t) + 1, top = twin_top(t), total, cursor, want;

	if (used <= *cy)
		used = *cy + 1;
	total = top + used;
	cursor = top + *cy;
	want = top;
	if (used == t->rows || total - top > rows)
		want = total - rows;
	if (want > cursor)
		want = cursor;
	if (cursor - want >= rows)
		want = cursor - rows + 1;
	if (want < 0)
		want = 0;
	while (t->n > want + rows)
		row_unref(t->line[--t->n]);
	while (t->n < want + rows)
		t->line[t->n++] = row_new(t->cols);
	t->rows = rows;
	*cy = cursor - want;
	twin_limit(t);
}

/* --- one run ----------------------------------------------------------- */

static void
scroll(struct grid *g, struct twin *t)
{
	int	 top = below(2) ? 0 : (int)below((uint32_t)g->rows);
	int	 bottom = below(2) ? g->rows - 1 : top +
	    (int)below((uint32_t)(g->rows - top));
	int	 n = 1 + (int)below((uint32_t)(bottom - top + 2)), i;
	uint32_t bg = below(4) ? 0 : colour_index(3);
	bool	 keep = below(4) != 0;

	if (below(3) == 0) {
		grid_scroll_down(g, top, bottom, n, bg);
		for (i = 0; i < n && i <= bottom - top; i++) {
			int	 at = twin_top(t);

			twin_drop(t, at + bottom, 1);
			twin_insert(t, at + top);
			row_clear(t->line[twin_top(t) + top], 0, t->cols, bg);
		}
		return;
	}
	grid_scroll_up(g, top, bottom, n, bg, keep);
	for (i = 0; i < n && i <= bottom - top; i++) {
		int	 at = twin_top(t);

		if (keep && top == 0)
			twin_insert(t, at + bottom + 1);
		else {
			twin_drop(t, at + top, 1);
			twin_insert(t, at + bottom);
		}
		row_clear(t->line[twin_top(t) + bottom], 0, t->cols, bg);
	}
	twin_limit(t);
}

static bool
one_run(uint64_t seed)
{
	struct twin	 t = { .cols = 12, .rows = 5, .limit = 60 };
	struct grid	*g;
	struct grid_mark m;
	const char	*why;
	bool		 good = true;
	int		 i, step, cx, cy, cols, rows;

	rng_seeded_init(&rng, seed);
	t.limit = below(5) == 0 ? 0 : (int)(1 + below(200));
	g = grid_new(t.cols, t.rows, (uint32_t)t.limit);
	for (i = 0; i < t.rows; i++)
		twin_insert(&t, 0);
	for (step = 0; good && step < 200; step++) {
		switch (below(10)) {
		case 0:
			m.x = cx = (int)below((uint32_t)g->cols + 1);
			m.y = cy = (int)below((uint32_t)g->rows);
			cols = below(3) ? g->cols :
			    1 + (int)below(COLS_MAX - 1);
			rows = below(2) ? g->rows : 1 + (int)below(12);
			if (cols != g->cols)
				twin_rewrap(&t, cols, rows, &cx, &cy);
			else if (rows != g->rows)
				twin_rows(&t, rows, &cy);
			grid_resize(g, cols, rows, true, &m, 1);
			if (m.x != cx || m.y != cy) {
				diag("cursor %d %d, twin's %d %d", m.x, m.y,
				    cx, cy);
				good = false;
			}
			break;
		case 1:
		case 2:
		case 3:
			scroll(g, &t);
			break;
		case 4:
			i = (int)below((uint32_t)g->rows);
			grid_clear(g, i, 1, 0);
			row_wipe(t.line[twin_top(&t) + i]);
			break;
		default:
			scribble(g, &t, (int)below((uint32_t)g->rows));
		}
		good = good && same(g, &t);
		if ((why = grid_check(g)) != NULL) {
			diag("%s", why);
			good = false;
		}
		if (!good)
			diag("seed %" PRIu64 " step %d", seed, step);
	}
	for (i = 0; i < t.n; i++)
		row_unref(t.line[i]);
	grid_free(g);
	return (good);
}

/* --- history by itself ------------------------------------------------- */

static void
history_is_compact(void)
{
	struct hist	 h;
	struct row	*r = row_new(80);
	struct cell	 c = { .ch = 'x' };
	int		 i;

	for (i = 0; i < 80; i++)
		row_put(r, i, &c, NULL);
	hist_init(&h, 100000);
	for (i = 0; i < 100000; i++)
		hist_push(&h, r);
	ok(hist_bytes(&h) < 100000 * 90, "a plain line of 80 takes less than "
	    "90 bytes (%zu)", hist_bytes(&h) / 100000);
	for (i = 0; i < 250000; i++)
		hist_push(&h, r);
	is_int(h.end - h.first, 100000, "the limit holds");
	ok(hist_bytes(&h) < 100000 * 90 + 200000, "and so does its memory");
	is_str(hist_check(&h), NULL, "it is in order");
	hist_set_limit(&h, 10);
	is_int(h.end - h.first, 10, "a lower limit trims at once");
	ok(hist_bytes(&h) < 200000, "and frees");
	hist_set_limit(&h, 0);
	is_int(hist_bytes(&h), 0, "a limit of 0 frees all");
	hist_push(&h, r);
	is_int(h.end, 350001, "lines still count");
	hist_fini(&h);
	row_unref(r);
}

static void
long_lines_have_room(void)
{
	struct hist	 h;
	struct row	*r = row_new(ROW_COLS_MAX), *got;
	struct cell	 c = { .ch = 0x1f600 };
	struct cell_ext	 e = { .more = CLUSTER_MORE_MAX };
	int		 i, k;
	bool		 good = true;

	hist_init(&h, 50);
	for (i = 0; i < ROW_COLS_MAX; i++) {
		c.fg = colour_rgb(i, i, i >> 4);
		c.bg = colour_rgb(i >> 2, i, i);
		c.attr = (uint16_t)(i & 0xfff);
		e.us = colour_rgb(i, 0, i >> 4);
		for (k = 0; k < CLUSTER_MORE_MAX; k++)
			e.cps[k] = 0x10fffdu - (uint32_t)k;
		row_put(r, i, &c, &e);
	}
	for (i = 0; i < 120; i++) {
		hist_push(&h, r);
		good = good && hist_check(&h) == NULL;
	}
	got = hist_get(&h, h.end - 1, ROW_COLS_MAX);
	ok(good && row_same(got, r),
	    "the longest line with the rarest cells is kept whole");
	row_unref(got);
	while ((got = hist_pop(&h, 1)) != NULL) {
		good = good && row_same(got, r) && hist_check(&h) == NULL;
		row_unref(got);
	}
	ok(good, "and can be taken out again");
	hist_fini(&h);
	row_unref(r);
}

/* A line of a number: plain, coloured, wide, with clusters, long, blank. */
static void
numbered(struct row *r, uint64_t i)
{
	struct cell	 c = { 0 };
	struct cell_ext	 e = { 0 };
	char		 s[64];
	int		 x, k;

	row_wipe(r);
	snprintf(s, sizeof s, "%08" PRIu64 " the line of this number", i);
	for (x = 0; s[x] != '\0' && x < r->cols; x++) {
		c.ch = (uint8_t)s[x];
		if (i % 3 == 1)
			c.fg = colour_index((uint64_t)x / 5 + i);
		row_put(r, x, &c, NULL);
	}
	for (k = 0; i % 5 == 2 && k < 10 && x + 2 < r->cols; k++, x += 2) {
		c.ch = (0x4e00 + (uint32_t)((i + (uint64_t)k) % 3000)) |
		    CELL_WIDE;
		row_put(r, x, &c, NULL);
	}
	if (i % 7 == 3 && x < r->cols) {
		c.ch = 'e';
		e.more = 1;
		e.cps[0] = 0x301;
		row_put(r, x++, &c, &e);
	}
	/* Noise, which does not get smaller. */
	for (; i % 2000 > 1000 && x < r->cols; x++) {
		c = (struct cell){ .ch = ' ' + below(90) };
		row_put(r, x, &c, NULL);
	}
	if (i % 11 == 0)
		row_wipe(r);
}

/*
 * Much of it: what is cold is kept smaller, and all of it is as it was, in
 * whatever order it is looked at, while lines come and go at both ends.
 */
static void
cold_history_is_the_same(void)
{
	enum { N = 60000, COLS = 90 };
	struct hist	 h, to;
	struct row	*r = row_new(COLS), *got, **kept;
	uint64_t	 i, line;
	uint64_t	 at = 0;
	const char	*why = NULL;
	size_t		 before;
	bool		 good = true;

	rng_seeded_init(&rng, 5);
	kept = xcalloc(N, sizeof *kept);
	hist_init(&h, 50000);
	for (i = 0; i < N; i++) {
		numbered(r, i);
		kept[i] = row_copy(r, COLS);
		hist_push(&h, r);
		/* Look at something, near and far. */
		line = h.first + below((uint32_t)(h.end - h.first));
		if (i % 50 == 0) {
			got = hist_get(&h, line, COLS);
			good = good && row_same(got, kept[line]);
			row_unref(got);
		}
		if (i % 5000 == 0 && why == NULL)
			why = hist_check(&h);
	}
	ok(good, "lines looked at while more come are as they were");
	if (why == NULL)
		why = hist_check(&h);
	ok(why == NULL, "and all is in order (%s)", why == NULL ? "" : why);
	is_int(h.end - h.first, 50000, "with as many lines as there may be");
	for (line = h.first; good && line < h.end; line++) {
		got = hist_get(&h, line, COLS);
		good = row_same(got, kept[line]);
		row_unref(got);
	}
	ok(good, "one after the other, all are as they were");
	for (i = 0; good && i < 500; i++) {
		line = h.first + below((uint32_t)(h.end - h.first));
		got = hist_get(&h, line, COLS);
		good = row_same(got, kept[line]);
		row_unref(got);
	}
	ok(good, "and here and there");

	/* The newest taken back, into what is cold, and others in their place. */
	for (i = 0; good && i < 30000; i++) {
		got = hist_pop(&h, COLS);
		good = row_same(got, kept[h.end]);
		row_unref(got);
	}
	ok(good && hist_check(&h) == NULL, "so are those that are taken back");
	for (i = 0; i < 10000; i++) {
		numbered(r, i * 3);
		row_unref(kept[h.end]);
		kept[h.end] = row_copy(r, COLS);
		hist_push(&h, r);
	}
	before = hist_bytes(&h);
	hist_init(&to, 100000);
	to.first = to.end = at = h.first;
	hist_move(&to, &h, h.end, COLS);
	while (h.first < h.end) {
		got = hist_get(&h, h.first, COLS);
		hist_push(&to, got);
		row_unref(got);
		hist_drop(&h, 1);
		hist_move(&to, &h, h.end, COLS);
	}
	for (line = at; good && line < to.end; line++) {
		got = hist_get(&to, line, COLS);
		good = row_same(got, kept[line]);
		row_unref(got);
	}
	ok(good && hist_check(&to) == NULL && hist_check(&h) == NULL,
	    "and those that are handed over");
	ok(hist_bytes(&to) <= before + before / 4,
	    "which takes no more room: %zu, %zu", hist_bytes(&to), before);
	hist_clear(&to);
	ok(hist_bytes(&to) < 200000, "nothing is left of what is cleared");
	hist_fini(&to);
	hist_fini(&h);
	for (i = 0; i < N; i++)
		row_unref(kept[i]);
	free(kept);
	row_unref(r);
}

/*
 * Where a cold block has room left, for a line that asked for more than there
 * was began the next one, nothing is added to it: neither when those after it
 * have gone nor when it is the last of what was handed over.
 */
static void
cold_blocks_do_not_grow(void)
{
	enum { N = 40000, COLS = 200 };
	struct hist	 h, to;
	struct row	*r = row_new(COLS), *got;
	struct cell	 c;
	uint64_t	 i;
	bool		 good = true;
	int		 x, k;

	hist_init(&h, N);
	for (i = 0; i < N; i++) {
		row_wipe(r);
		for (x = 0; x < 100; x++) {
			c = (struct cell){ .ch = 'a' + (uint32_t)i % 26 };
			/* A coloured one asks for room for many colours. */
			c.fg = i % 20 == 0 ? colour_index(3) : 0;
			row_put(r, x, &c, NULL);
		}
		hist_push(&h, r);
	}
	row_wipe(r);
	c = (struct cell){ .ch = 'x' };
	row_put(r, 0, &c, NULL);
	/* Wherever blocks end, one of these is next to it. */
	for (i = 0; good && i < 3000; i++) {
		for (k = 0; k < 9; k++)
			row_unref(hist_pop(&h, COLS));
		hist_push(&h, r);
		got = hist_get(&h, h.end - 1, COLS);
		good = row_same(got, r);
		row_unref(got);
	}
	ok(good && hist_check(&h) == NULL,
	    "lines put where others were taken back are as they were");
	hist_init(&to, N);
	for (i = 0; good && i < 100; i++) {
		/* As many whole blocks as there are, then a line by itself. */
		hist_move(&to, &h, h.first + 3000, COLS);
		hist_push(&to, r);
		got = hist_get(&to, to.end - 1, COLS);
		good = row_same(got, r);
		row_unref(got);
	}
	ok(good && hist_check(&to) == NULL && hist_check(&h) == NULL,
	    "so are those put behind what was handed over");
	hist_fini(&to);
	hist_fini(&h);
	row_unref(r);
}

int
main(int argc, char **argv)
{
	uint64_t	 seed, n = 400, first = 1;
	const char	*env = getenv("SEED");
	bool		 good = true;

	if (argc > 1)
		first = strtoull(argv[1], NULL, 10), n = 1;
	else if (env != NULL)
		first = strtoull(env, NULL, 10);
	if (getenv("RUNS") != NULL)
		n = strtoull(getenv("RUNS"), NULL, 10);
	for (seed = first; good && seed < first + n; seed++)
		good = one_run(seed);
	ok(good, "grid, history and reflow do as their naive twin (seed %"
	    PRIu64 " and on)", first);
	history_is_compact();
	long_lines_have_room();
	cold_history_is_the_same();
	cold_blocks_do_not_grow();
	return (done_testing());
}
