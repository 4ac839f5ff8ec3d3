/* SPDX-License-Identifier: ISC */

/*
 * draw.c - make the outer terminal show a canvas, with few bytes.
 *
 * The object holds what the terminal is believed to show, as references to the
 * rows that were drawn last: a row whose pointer is the same is the same.  An
 * update goes
 *
 *	unknown? clear    ->  rows moved? scroll  ->  bottom blank? erase
 *	  ->  each differing row: its differing cells  ->  cursor
 *
 * into a buffer of its own, which is then put between the brackets of a
 * synchronized update, or between hiding and showing the cursor, unless it is
 * so short that nobody can see it half done.
 *
 * Invariants:
 *  1. shown[y] is what row y of the terminal holds, if the terminal measures
 *     characters as we do; where it might not (risky()), nothing after such a
 *     character relies on where the cursor went.
 *  2. The cursor is known (cx, cy), or known to wait at the right edge
 *     (pending), or not known (-1); only known positions are moved from.
 *  3. Nothing is written at the right end of the last line on a terminal that
 *     would scroll then, and LF is never sent on the last line.
 *  4. Between updates the scroll region is the whole screen, there are no
 *     margins, and origin and insert mode are off.
 *  5. All bytes of a frame leave together or not at all.
 *
 * Source: ECMA-48; xterm ctlseqs; DEC STD 070 for the right edge.
 */

#include "tty/draw-int.h"

#include "base/utf8.h"
#include "base/xmalloc.h"

#define BODY_MAX	(64u * 1024 * 1024)	/* 4096 x 1000 of the worst */
#define SMALL_FRAME	40	/* bytes that need no bracket */
#define GAP_MAX		5	/* cells rather written again than jumped */
#define SCROLLS_MAX	8	/* in one frame */
#define SCROLL_COST	24	/* bytes of a scroll */

static const struct cell blank_cell;

struct tty_draw *
tty_draw_new(const struct tinfo *ti, const struct tty_features *f)
{
	struct tty_draw	*d;

	d = xcalloc(1, sizeof *d);
	d->ti = ti;
	d->f = f;
	d->kitty = -1;
	d->want.kitty_flags = -1;
	d->cx = d->cy = -1;
	d->cursor_style = -1;
	buf_init(&d->body, BODY_MAX);
	buf_init(&d->rmcup, TINFO_OUT_MAX);
	draw_pen_init(d);
	return (d);
}

static void
rows_free(struct tty_draw *d)
{
	int	y;

	for (y = 0; y < d->rows; y++)
		row_unref(d->shown[y]);
	free(d->shown);
	free(d->hash);
	row_unref(d->blank);
	d->shown = NULL;
	d->hash = NULL;
	d->blank = NULL;
}

void
tty_draw_free(struct tty_draw *d)
{
	if (d == NULL)
		return;
	rows_free(d);
	link_unref(d->pen.link);
	free(d->title);
	free(d->path);
	free((char *)(uintptr_t)d->want.title);
	free((char *)(uintptr_t)d->want.path);
	buf_fini(&d->body);
	buf_fini(&d->rmcup);
	free(d);
}

void
tty_draw_resize(struct tty_draw *d, int cols, int rows)
{
	int	y;

	if (cols < 1)
		cols = 1;
	if (cols > ROW_COLS_MAX)
		cols = ROW_COLS_MAX;
	if (rows < 1)
		rows = 1;
	if (rows > ROW_COLS_MAX)
		rows = ROW_COLS_MAX;
	d->valid = false;
	if (cols == d->cols && rows == d->rows)
		return;
	rows_free(d);
	d->cols = cols;
	d->rows = rows;
	d->blank = row_new(cols);
	d->shown = xcalloc((size_t)rows, sizeof *d->shown);
	d->hash = xcalloc((size_t)rows * 2, sizeof *d->hash);
	for (y = 0; y < rows; y++)
		d->shown[y] = row_ref(d->blank);
}

void
tty_draw_invalidate(struct tty_draw *d)
{
	d->valid = false;
}

void
tty_draw_hints(struct tty_draw *d, const struct tty_rect *r, size_t n)
{
	if (n > TTY_HINTS_MAX)
		n = TTY_HINTS_MAX;
	if (n > 0)
		memcpy(d->hint, r, n * sizeof *r);
	d->hints = n;
}

/* --- cells ------------------------------------------------------------- */

const struct cell *
draw_cell(const struct tty_draw *d, const struct row *r, int x)
{
	const struct cell	*c;

	if (x < 0 || x >= r->used)
		return (&blank_cell);
	c = &r->cells[x];
	if (x == d->cols - 1 && (c->ch & CELL_WIDE))
		return (&blank_cell);
	return (c);
}

static bool
is_blank(const struct cell *c)
{
	return ((cell_cp(c) == 0 || cell_cp(c) == ' ') &&
	    !(c->ch & (CELL_CLUSTER | CELL_WIDE | CELL_TAIL)));
}

/* Looks like what erasing with its background leaves. */
static bool
is_erased(const struct tty_draw *d, const struct cell *c)
{
	return (is_blank(c) && c->ext == 0 && !(c->attr & (ATTR_REVERSE |
	    ATTR_UL_MASK | ATTR_STRIKE | ATTR_OVERLINE)) &&
	    (c->bg == COLOUR_DEFAULT || (d->f->have & FEATURE_BCE)));
}

static bool
ext_same(const struct cell_ext *a, const struct cell_ext *b, bool cluster)
{
	static const struct cell_ext	none;

	if (a == NULL)
		a = &none;
	if (b == NULL)
		b = &none;
	if (a == b)
		return (true);
	if (a->us != b->us || !link_same(a->link, b->link))
		return (false);
	return (!cluster || (a->more == b->more &&
	    memcmp(a->cps, b->cps, a->more * sizeof a->cps[0]) == 0));
}

/* The same on the glass; what blanks do not show does not count. */
static bool
cell_same(const struct row *ra, const struct cell *a, const struct row *rb,
    const struct cell *b)
{
	bool	blank = is_blank(a);

	if (a == b)
		return (true);
	if (blank != is_blank(b) || (!blank && a->ch != b->ch))
		return (false);
	if (a->bg != b->bg)
		return (false);
	if ((a->ext != 0 || b->ext != 0) &&
	    !ext_same(row_ext(ra, a), row_ext(rb, b),
	    (a->ch & CELL_CLUSTER) != 0))
		return (false);
	if (blank && !((a->attr | b->attr) & (ATTR_REVERSE | ATTR_UL_MASK |
	    ATTR_STRIKE | ATTR_OVERLINE)))
		return (true);
	return (a->fg == b->fg &&
	    (a->attr & ATTR_VISIBLE) == (b->attr & ATTR_VISIBLE));
}

/*
 * Whether terminals are known to disagree about its columns: clusters, emoji
 * and dingbats, private use (powerline), complex scripts.  CJK, Hangul, Latin,
 * Greek, Cyrillic and line drawing they agree about well enough.
 */
static bool
risky(const struct cell *c)
{
	uint32_t	cp = cell_cp(c);

	if (c->ch & CELL_CLUSTER)
		return (true);
	if (cp < 0x0530)
		return (cp == 0xad);	/* soft hyphen */
	if (cp >= 0x2500 && cp <= 0x25ff)
		return (cp == 0x25fd || cp == 0x25fe);
	if (cp >= 0x2010 && cp <= 0x2193)
		return (false);
	if (cp >= 0x2e80 && cp <= 0xd7a3)
		return (c->ch & CELL_WIDE ? false : true);
	if (cp >= 0xff01 && cp <= 0xff60)
		return (false);
	return (true);
}

static int
row_diff_first(const struct tty_draw *d, const struct row *s,
    const struct row *t)
{
	int	x, used;

	used = s->used > t->used ? s->used : t->used;
	if (used > d->cols)
		used = d->cols;
	for (x = 0; x < used; x++) {
		if (!cell_same(s, draw_cell(d, s, x), t, draw_cell(d, t, x)))
			return (x);
	}
	return (-1);
}

/* --- the cursor -------------------------------------------------------- */

static void
put(struct tty_draw *d, const char *s)
{
	buf_addstr(&d->body, s);
}

static void
cursor_unknown(struct tty_draw *d)
{
	d->cx = d->cy = -1;
	d->pending = false;
}

/* ways of getting there; text of the cheapest. */
struct way {
	char	text[48];
	size_t	len;		/* 0: none */
};

static void
way_add(struct way *w, const char *s, int times)
{
	size_t	n = strlen(s);

	while (times-- > 0 && w->len + n < sizeof w->text) {
		memcpy(w->text + w->len, s, n);
		w->len += n;
	}
}

static void
way_addf(struct way *w, int n, char final)
{
	char	text[16];

	if (n == 1)
		snprintf(text, sizeof text, "\033[%c", final);
	else
		snprintf(text, sizeof text, "\033[%d%c", n, final);
	way_add(w, text, 1);
}

/* In the row that the cursor is in, from column `from` (-1: not known). */
static bool
way_across(const struct tty_draw *d, struct way *w, int from, int x)
{
	char	abs[16];
	int	n;

	if (from == x)
		return (true);
	if (x == 0) {
		way_add(w, "\r", 1);
		return (true);
	}
	snprintf(abs, sizeof abs, "\033[%dG", x + 1);
	if (from >= 0 && from > x) {
		n = from - x;
		/* BS is a byte each; beyond that compare with the others. */
		if (n <= 3 || (!(d->ansi & (ANSI_CUB | ANSI_HPA)) && n < 20)) {
			way_add(w, "\b", n);
			return (true);
		}
		if ((d->ansi & ANSI_CUB) && (!(d->ansi & ANSI_HPA) ||
		    n < 10 || x >= 9)) {
			way_addf(w, n, 'D');
			return (true);
		}
	} else if (from >= 0 && (d->ansi & ANSI_CUF)) {
		n = x - from;
		if (!(d->ansi & ANSI_HPA) || n < 10 || x >= 9) {
			way_addf(w, n, 'C');
			return (true);
		}
	}
	if (d->ansi & ANSI_HPA) {
		way_add(w, abs, 1);
		return (true);
	}
	return (false);
}

static bool
way_updown(const struct tty_draw *d, struct way *w, int y)
{
	int	n;

	if (y == d->cy)
		return (true);
	if (y > d->cy) {
		n = y - d->cy;
		if ((d->ansi & ANSI_LF) && n <= 4) {
			way_add(w, "\n", n);
			return (true);
		}
		if (d->ansi & ANSI_CUD) {
			way_addf(w, n, 'B');
			return (true);
		}
		return (false);
	}
	if (d->ansi & ANSI_CUU) {
		way_addf(w, d->cy - y, 'A');
		return (true);
	}
	return (false);
}

static void
move_to(struct tty_draw *d, int x, int y)
{
	struct way	best = { "", 0 }, w;
	int		p[2] = { y, x };

	if (d->cx == x && d->cy == y && !d->pending)
		return;
	if (d->ansi & ANSI_MOVE) {
		if (x == 0 && y == 0)
			way_add(&best, "\033[H", 1);
		else if (x == 0)
			way_addf(&best, y + 1, 'H');
		else {
			char	text[32];

			if (y == 0)
				snprintf(text, sizeof text, "\033[;%dH", x + 1);
			else
				snprintf(text, sizeof text, "\033[%d;%dH",
				    y + 1, x + 1);
			way_add(&best, text, 1);
		}
	} else
		best.len = 8;		/* a guess, to compare with */
	if (d->cy >= 0) {
		/* Up or down, then across. */
		memset(&w, 0, sizeof w);
		if (!d->pending && way_updown(d, &w, y) &&
		    way_across(d, &w, d->cx, x) && w.len < best.len)
			best = w;
		/* By way of the left edge; from where pending is harmless. */
		memset(&w, 0, sizeof w);
		way_add(&w, "\r", 1);
		if (way_updown(d, &w, y) && way_across(d, &w, 0, x) &&
		    w.len < best.len)
			best = w;
	}
	if (best.text[0] == '\0')
		tinfo_put(d->ti, &d->body, TI_CUP, 2, p);
	else
		buf_add(&d->body, best.text, best.len);
	d->cx = x;
	d->cy = y;
	d->pending = false;
}

/* n columns were printed in this row, from the known cursor on. */
static void
cursor_advance(struct tty_draw *d, int n)
{
	d->cx += n;
	if (d->cx < d->cols)
		return;
	if (!tinfo_flag(d->ti, TI_AM))
		d->cx = d->cols - 1;
	else if (tinfo_flag(d->ti, TI_XENL)) {
		d->cx = d->cols - 1;
		d->pending = true;
	} else
		cursor_unknown(d);
}

/* --- printing ---------------------------------------------------------- */

/* A character on a terminal without UTF-8. */
static void
put_narrow(struct tty_draw *d, uint32_t cp, int width)
{
	char	letter = draw_acs_letter(cp);
	int	i;

	if (cp < 0x7f) {
		draw_acs(d, false);
		buf_addc(&d->body, (uint8_t)cp);
	} else if (letter != 0 && d->acs[(unsigned char)letter] != 0) {
		draw_acs(d, true);
		buf_addc(&d->body,
		    (uint8_t)d->acs[(unsigned char)letter]);
	} else {
		draw_acs(d, false);
		for (i = 0; i < width; i++)
			buf_addc(&d->body, '_');
	}
}

static void
put_text(struct tty_draw *d, const struct row *r, const struct cell *c)
{
	const struct cell_ext	*e;
	uint32_t		 cp = cell_cp(c);
	char			 out[4];
	int			 i;

	if (cp < 0x20 || (cp >= 0x7f && cp < 0xa0))
		cp = ' ';
	if ((c->attr & ATTR_HIDDEN) && !(d->attrs & ATTR_HIDDEN)) {
		for (i = 0; i < cell_width(c); i++)
			buf_addc(&d->body, ' ');
		return;
	}
	if (cp < 0x80 && !(c->ch & CELL_CLUSTER) && !d->acs_on) {
		buf_addc(&d->body, (uint8_t)cp);
		return;
	}
	if (!(d->f->have & FEATURE_UTF8)) {
		put_narrow(d, cp, cell_width(c));
		return;
	}
	buf_add(&d->body, out, utf8_encode(cp, out));
	if ((c->ch & CELL_CLUSTER) && (e = row_ext(r, c)) != NULL) {
		for (i = 0; i < e->more; i++)
			buf_add(&d->body, out, utf8_encode(e->cps[i], out));
	}
}

/* The bottom right corner of a terminal that scrolls when it is written. */
static bool
forbidden(const struct tty_draw *d, int x, int y)
{
	return (y == d->rows - 1 && x == d->cols - 1 &&
	    tinfo_flag(d->ti, TI_AM) && !tinfo_flag(d->ti, TI_XENL));
}

static bool
looks_as_pen(const struct tty_draw *d, const struct pen *p)
{
	return (d->pen_known && p->fg == d->pen.fg && p->bg == d->pen.bg &&
	    p->us == d->pen.us && p->attr == d->pen.attr &&
	    link_same(p->link, d->pen.link));
}

/* How many cells from x on are the very same as that at x, below end. */
static int
run_same(const struct tty_draw *d, const struct row *t, int x, int end)
{
	const struct cell	*c = draw_cell(d, t, x);
	int			 n;

	for (n = 1; x + n < end; n++) {
		if (!cell_same(t, draw_cell(d, t, x + n), t, c))
			break;
	}
	return (n);
}

static int
run_erased(const struct tty_draw *d, const struct row *t, int x, int end)
{
	const struct cell	*c = draw_cell(d, t, x);

	if (!is_erased(d, c))
		return (0);
	return (run_same(d, t, x, end));
}

static int
digits(int n)
{
	return (n < 10 ? 1 : n < 100 ? 2 : n < 1000 ? 3 : 4);
}

/*
 * Whether the cursor, waiting at the right edge of the row above, gets here by
 * itself: then the terminal knows that the line goes on, for its selection.
 */
static bool
wraps_here(const struct tty_draw *d, const struct canvas *cv, int x, int y)
{
	return (d->pending && x == 0 && y > 0 && d->cy == y - 1 &&
	    (cv->row[y - 1]->flags & ROW_WRAPPED));
}

static void
print_cell(struct tty_draw *d, const struct canvas *cv, const struct row *t,
    int x, int y)
{
	const struct cell	*c = draw_cell(d, t, x);
	struct pen		 p;
	int			 w = cell_width(c);

	if (forbidden(d, x, y) || (w == 2 && forbidden(d, x + 1, y)))
		return;
	if (wraps_here(d, cv, x, y)) {
		d->cx = 0;
		d->cy = y;
		d->pending = false;
	} else
		move_to(d, x, y);
	draw_pen_of(d, t, c, &p);
	draw_pen_set(d, &p);
	put_text(d, t, c);
	cursor_advance(d, w);
	/* Where it went if it has more columns there, or fewer, who knows. */
	if (risky(c)) {
		d->cx = -1;
		if (x + w >= d->cols)
			cursor_unknown(d);
	}
}

/* The run at x by REP or ECH, if that is shorter; returns cells done. */
static int
print_run(struct tty_draw *d, const struct canvas *cv, const struct row *t,
    int x, int y, int end)
{
	const struct cell	*c = draw_cell(d, t, x);
	int			 n;

	n = run_erased(d, t, x, end);
	/* The cursor stays where it is: going on costs a jump too. */
	if ((d->f->have & FEATURE_ECH) && (d->ansi & ANSI_CUF) &&
	    n > 6 + 2 * digits(n)) {
		move_to(d, x, y);
		draw_pen_erase(d, draw_colour(d, c->bg));
		buf_addf(&d->body, "\033[%dX", n);
		return (n);
	}
	if (!(d->f->have & FEATURE_REP) || (c->ch & ~CELL_CP_MASK) ||
	    cell_cp(c) >= 0x7f || cell_cp(c) < 0x20)
		return (0);
	/* What REP does at the right edge differs; in libvterm one column before it. */
	n = run_same(d, t, x, end < d->cols - 1 ? end : d->cols - 2);
	if (n - 1 <= 3 + digits(n - 1))
		return (0);
	print_cell(d, cv, t, x, y);
	draw_acs(d, false);
	buf_addf(&d->body, "\033[%db", n - 1);
	cursor_advance(d, n - 1);
	return (n);
}

/*
 * The first of the cells up to the right edge that erasing to the end of the
 * line would do; cols if there are none.
 */
static int
tail_start(const struct tty_draw *d, const struct row *t)
{
	const struct cell	*last = draw_cell(d, t, d->cols - 1);
	int			 x;

	if (!tinfo_has(d->ti, TI_EL) || !is_erased(d, last))
		return (d->cols);
	if (t->used < d->cols && last == &blank_cell)
		x = t->used;
	else
		x = d->cols - 1;
	while (x > 0 && is_erased(d, draw_cell(d, t, x - 1)) &&
	    cell_same(t, draw_cell(d, t, x - 1), t, last))
		x--;
	return (x);
}

/* Whether the n cells at x can be written again for less than a jump. */
static bool
gap_cheap(struct tty_draw *d, const struct row *t, int x, int n)
{
	const struct cell	*c;
	struct pen		 p;
	int			 i;

	if (n > GAP_MAX || d->cx != x || d->pending)
		return (false);
	for (i = 0; i < n; i++) {
		c = draw_cell(d, t, x + i);
		if ((c->ch & ~CELL_CP_MASK) || cell_cp(c) >= 0x7f)
			return (false);
		draw_pen_of(d, t, c, &p);
		if (!looks_as_pen(d, &p))
			return (false);
	}
	return (n <= 3 || n <= 3 + digits(n));
}

static void
draw_row(struct tty_draw *d, const struct canvas *cv, int y)
{
	const struct row	*s = d->shown[y], *t = cv->row[y];
	int			 x, n, end, last, tail;

	x = row_diff_first(d, s, t);
	if (x == -1)
		return;
	for (last = d->cols - 1; last > x; last--) {
		if (!cell_same(s, draw_cell(d, s, last), t,
		    draw_cell(d, t, last)))
			break;
	}
	tail = tail_start(d, t);
	if (tail < x)
		tail = x;
	/* A few spaces are shorter than erasing. */
	end = last + 1;
	if (tail < end && end - tail > 3)
		end = tail;
	else
		tail = d->cols;
	while (x < end) {
		if (draw_cell(d, t, x)->ch & CELL_TAIL) {
			/* Only its look differs: the whole character. */
			if (x > 0)
				print_cell(d, cv, t, x - 1, y);
			x++;
			continue;
		}
		n = print_run(d, cv, t, x, y, end);
		if (n == 0) {
			n = cell_width(draw_cell(d, t, x));
			print_cell(d, cv, t, x, y);
		}
		x += n;
		for (n = 0; x + n < end; n++) {
			if (!cell_same(s, draw_cell(d, s, x + n), t,
			    draw_cell(d, t, x + n)))
				break;
		}
		if (n > 0 && x + n < end && d->cy == y &&
		    gap_cheap(d, t, x, n))
			n = 0;
		x += n;
	}
	if (tail < d->cols) {
		move_to(d, tail, y);
		draw_pen_erase(d, draw_colour(d,
		    draw_cell(d, t, tail)->bg));
		tinfo_put(d->ti, &d->body, TI_EL, 0, NULL);
	}
}

/* --- scrolling --------------------------------------------------------- */

static uint64_t
hash_mix(uint64_t h, uint64_t v)
{
	h ^= v;
	h *= 0x9e3779b97f4a7c15u;
	return (h ^ h >> 29);
}

/* Equal for rows that are the same between columns x and x + w; 0: all blank. */
static uint64_t
row_hash(const struct tty_draw *d, const struct row *r, int x, int w)
{
	const struct cell	*c;
	uint64_t		 h = 1;
	int			 i, end;
	bool			 any = false;

	end = x + w < r->used ? x + w : r->used;
	for (i = x; i < end; i++) {
		c = draw_cell(d, r, i);
		if (is_blank(c) && c->bg == COLOUR_DEFAULT && c->ext == 0 &&
		    !(c->attr & (ATTR_REVERSE | ATTR_UL_MASK | ATTR_STRIKE |
		    ATTR_OVERLINE)))
			continue;
		any = true;
		h = hash_mix(h, (uint64_t)(i - x) << 32 | (is_blank(c) ? ' ' :
		    c->ch));
		h = hash_mix(h, (uint64_t)c->bg << 32 | (is_blank(c) ? 0 :
		    c->fg));
		if (!is_blank(c))
			h = hash_mix(h, c->attr & ATTR_VISIBLE);
	}
	return (any ? h | 1 : 0);
}

/* Roughly the bytes that drawing this part of a row takes. */
static int
row_weight(const struct tty_draw *d, const struct row *r, int x, int w)
{
	int	i, end, n = 0;

	end = x + w < r->used ? x + w : r->used;
	for (i = x; i < end; i++)
		n += !is_blank(draw_cell(d, r, i));
	return (n > 0 ? n + 4 : 0);
}

struct scroll {
	int	top, bottom;	/* rows [top, bottom) */
	int	by;		/* > 0: the content goes up */
	int	gain;
};

/*
 * The scroll of a part of the rectangle that saves most: for each distance, the
 * runs of rows that would become right and are not, less the rows that were
 * right and come to be blank.
 */
static void
scroll_find(const struct tty_draw *d, const struct canvas *cv,
    const struct tty_rect *r, struct scroll *best)
{
	const uint64_t	*hs = d->hash, *ht = d->hash + d->rows;
	int		 by, y, from, gain, i, lost, bottom = r->y + r->h;
	struct scroll	 s;

	memset(best, 0, sizeof *best);
	for (by = -(r->h - 1); by < r->h; by++) {
		if (by == 0)
			continue;
		for (y = r->y; y < bottom; y++) {
			gain = 0;
			for (from = y; y < bottom && y + by >= r->y &&
			    y + by < bottom && ht[y] == hs[y + by]; y++) {
				if (hs[y] != ht[y])
					gain += row_weight(d, cv->row[y],
					    r->x, r->w);
			}
			if (gain <= SCROLL_COST || gain <= best->gain)
				continue;
			s.by = by;
			s.top = by > 0 ? from : from + by;
			s.bottom = by > 0 ? y + by : y;
			/* Rows that the scroll leaves blank. */
			lost = SCROLL_COST;
			for (i = s.top; i < s.bottom; i++) {
				if ((i < from || i >= y) && hs[i] == ht[i])
					lost += row_weight(d, cv->row[i],
					    r->x, r->w);
			}
			s.gain = gain - lost;
			if (s.gain > best->gain)
				*best = s;
		}
	}
}

/* Move what is believed as the terminal moves what it shows. */
static void
scroll_shown(struct tty_draw *d, const struct tty_rect *r,
    const struct scroll *s)
{
	struct row	**old, *n;
	int		  y, from;

	old = xcalloc((size_t)d->rows, sizeof *old);
	for (y = s->top; y < s->bottom; y++)
		old[y] = d->shown[y];
	for (y = s->top; y < s->bottom; y++) {
		from = y + s->by;
		if (from < s->top || from >= s->bottom)
			from = -1;
		if (r->w == d->cols)
			n = row_ref(from == -1 ? d->blank : old[from]);
		else {
			n = row_copy(old[y], d->cols);
			row_copy_cells(n, r->x, from == -1 ? d->blank :
			    old[from], r->x, r->w);
		}
		d->shown[y] = n;
	}
	for (y = s->top; y < s->bottom; y++)
		row_unref(old[y]);
	free(old);
}

static void
scroll_emit(struct tty_draw *d, const struct tty_rect *r,
    const struct scroll *s)
{
	bool	region = (s->top != 0 || s->bottom != d->rows);
	bool	margins = (r->w != d->cols);
	int	p[2] = { s->top, s->bottom - 1 }, n = abs(s->by), i;

	draw_pen_erase(d, COLOUR_DEFAULT);
	if (region) {
		tinfo_put(d->ti, &d->body, TI_CSR, 2, p);
		cursor_unknown(d);
	}
	if (margins) {
		buf_addf(&d->body, "\033[?69h\033[%d;%ds", r->x + 1,
		    r->x + r->w);
		cursor_unknown(d);
	}
	if (tinfo_has(d->ti, s->by > 0 ? TI_INDN : TI_RIN) &&
	    (d->ansi & ANSI_MOVE)) {
		if (n == 1)
			put(d, s->by > 0 ? "\033[S" : "\033[T");
		else
			buf_addf(&d->body, "\033[%d%c", n,
			    s->by > 0 ? 'S' : 'T');
	} else if (s->by > 0) {
		move_to(d, 0, s->bottom - 1);
		for (i = 0; i < n; i++)
			put(d, "\n");
		cursor_unknown(d);
	} else {
		move_to(d, 0, s->top);
		for (i = 0; i < n; i++)
			tinfo_put(d->ti, &d->body, TI_RI, 0, NULL);
		cursor_unknown(d);
	}
	if (margins)
		put(d, "\033[?69l");
	if (region) {
		if (d->ansi & ANSI_MOVE)
			put(d, "\033[r");
		else {
			p[0] = 0;
			p[1] = d->rows - 1;
			tinfo_put(d->ti, &d->body, TI_CSR, 2, p);
		}
	}
	if (margins || region)
		cursor_unknown(d);
}

/* A wide character on either edge would be halved. */
static bool
rect_clean(const struct tty_draw *d, const struct tty_rect *r)
{
	int	y;

	for (y = r->y; y < r->y + r->h; y++) {
		if ((draw_cell(d, d->shown[y], r->x)->ch & CELL_TAIL) ||
		    (r->x + r->w < d->cols && (draw_cell(d, d->shown[y],
		    r->x + r->w)->ch & CELL_TAIL)))
			return (false);
	}
	return (true);
}

static bool
scroll_rect(struct tty_draw *d, const struct canvas *cv,
    const struct tty_rect *r)
{
	struct scroll	best;
	int		y, differ = 0, times;

	for (times = 0; times < SCROLLS_MAX; times++) {
		differ = 0;
		for (y = r->y; y < r->y + r->h; y++) {
			d->hash[y] = row_hash(d, d->shown[y], r->x, r->w);
			d->hash[d->rows + y] = d->hash[y];
			if (d->shown[y] != cv->row[y])
				d->hash[d->rows + y] = row_hash(d,
				    cv->row[y], r->x, r->w);
			differ += (d->hash[y] != d->hash[d->rows + y]);
		}
		if (differ < 2)
			break;
		scroll_find(d, cv, r, &best);
		if (best.gain <= 0)
			break;
		if (r->w != d->cols && !rect_clean(d, r))
			break;
		scroll_emit(d, r, &best);
		scroll_shown(d, r, &best);
	}
	return (times > 0);
}

static void
scroll(struct tty_draw *d, const struct canvas *cv)
{
	struct tty_rect	all = { 0, 0, d->cols, d->rows }, r;
	size_t		i;
	int		y, differ = 0;

	for (y = 0; y < d->rows; y++)
		differ += (d->shown[y] != cv->row[y]);
	if (differ < 2 || !tinfo_has(d->ti, TI_CSR))
		return;
	scroll_rect(d, cv, &all);
	if (!(d->f->have & FEATURE_MARGINS) || !(d->ansi & ANSI_MOVE) ||
	    !tinfo_has(d->ti, TI_INDN) || !tinfo_has(d->ti, TI_RIN))
		return;
	for (i = 0; i < d->hints; i++) {
		r = d->hint[i];
		if (r.x < 0 || r.y < 0 || r.w < 2 || r.h < 2 ||
		    r.w >= d->cols || r.x > d->cols - r.w ||
		    r.y > d->rows - r.h)
			continue;
		scroll_rect(d, cv, &r);
	}
}

/* --- frames ------------------------------------------------------------ */

static void
shown_blank(struct tty_draw *d, int from)
{
	int	y;

	for (y = from; y < d->rows; y++) {
		row_unref(d->shown[y]);
		d->shown[y] = row_ref(d->blank);
	}
}

/* From nothing known to a blank screen. */
static void
repaint(struct tty_draw *d)
{
	int	p[2] = { 0, d->rows - 1 };

	draw_pen_forget(d);
	draw_pen_reset(d);
	if ((d->f->have & FEATURE_HYPERLINKS))
		put(d, "\033]8;;\033\\");
	if (d->f->have & FEATURE_MARGINS)
		put(d, "\033[?69l");
	if (tinfo_has(d->ti, TI_CSR)) {
		if (d->ansi & ANSI_MOVE)
			put(d, "\033[r");
		else
			tinfo_put(d->ti, &d->body, TI_CSR, 2, p);
	}
	tinfo_put(d->ti, &d->body, TI_CLEAR, 0, NULL);
	d->cx = d->cy = 0;
	d->pending = false;
	d->cursor_known = false;
	shown_blank(d, 0);
	d->valid = true;
}

/* All rows from here on are blank and were not: one ED. */
static void
erase_below(struct tty_draw *d, const struct canvas *cv)
{
	int	y, differ = 0;

	if (!tinfo_has(d->ti, TI_ED))
		return;
	for (y = d->rows; y > 0; y--) {
		if (row_diff_first(d, d->blank, cv->row[y - 1]) != -1)
			break;
		differ += (row_diff_first(d, d->shown[y - 1],
		    d->blank) != -1);
	}
	if (differ < 2)
		return;
	move_to(d, 0, y);
	draw_pen_erase(d, COLOUR_DEFAULT);
	tinfo_put(d->ti, &d->body, TI_ED, 0, NULL);
	shown_blank(d, y);
}

static void
cursor_look(struct tty_draw *d, const struct canvas *cv)
{
	static const uint8_t	 styles[] = {
		[CURSOR_DEFAULT] = 0, [CURSOR_BLOCK] = 2,
		[CURSOR_UNDERLINE] = 4, [CURSOR_BAR] = 6
	};
	int			 style = 0;
	uint32_t		 rgb;

	if (cv->cursor_shape < sizeof styles)
		style = styles[cv->cursor_shape];
	if (style != 0 && cv->cursor_blink)
		style--;
	if ((d->f->have & FEATURE_CURSOR_STYLE) &&
	    style != d->cursor_style &&
	    !(style == 0 && d->cursor_style == -1)) {
		/* Se goes back to the user's own; Ss 0 not everywhere. */
		if (style != 0 || tinfo_put(d->ti, &d->body, TI_SE, 0,
		    NULL) != 0)
			if (tinfo_put(d->ti, &d->body, TI_SS, 1, &style) != 0)
				buf_addf(&d->body, "\033[%d q", style);
		d->cursor_style = style;
	}
	if ((d->f->have & FEATURE_CURSOR_COLOUR) &&
	    cv->cursor_colour != d->cursor_colour) {
		rgb = draw_colour_to_rgb(cv->cursor_colour);
		if (cv->cursor_colour == COLOUR_DEFAULT)
			put(d, "\033]112\007");
		else
			buf_addf(&d->body, "\033]12;#%06x\007",
			    (unsigned int)rgb);
		d->cursor_colour = cv->cursor_colour;
	}
}

static void
cursor_show(const struct tty_draw *d, struct buf *out, bool on)
{
	const char	*cnorm = tinfo_str(d->ti, TI_CNORM);

	/* xterm's cnorm also stops the blinking. */
	if (on && strstr(cnorm, "\033[?25h") != NULL)
		buf_addstr(out, "\033[?25h");
	else
		tinfo_put(d->ti, out, on ? TI_CNORM : TI_CIVIS, 0, NULL);
}

/* The frame with its brackets; -1 if out cannot take it. */
static int
frame_put(struct tty_draw *d, bool cursor, struct buf *out)
{
	struct buf	head, tail;
	bool		large = buf_len(&d->body) > SMALL_FRAME;
	bool		sync = (d->f->have & FEATURE_SYNC) != 0 && large;
	int		one = 1, two = 2, r = -1;

	buf_init(&head, 4 * TINFO_OUT_MAX);
	buf_init(&tail, 4 * TINFO_OUT_MAX);
	if (sync && tinfo_put(d->ti, &head, TI_SYNC, 1, &one) != 0)
		buf_addstr(&head, "\033[?2026h");
	/* Hide it first, show it last; in between only if it may be seen. */
	if (!d->cursor_known || (d->cursor_on && (!cursor ||
	    (large && !sync)))) {
		cursor_show(d, &head, false);
		d->cursor_on = false;
		d->cursor_known = true;
	}
	if (cursor && !d->cursor_on) {
		cursor_show(d, &tail, true);
		d->cursor_on = true;
	}
	if (sync && tinfo_put(d->ti, &tail, TI_SYNC, 1, &two) != 0)
		buf_addstr(&tail, "\033[?2026l");
	if (buf_space(out) >= buf_len(&head) + buf_len(&d->body) +
	    buf_len(&tail)) {
		buf_add(out, buf_data(&head), buf_len(&head));
		buf_add(out, buf_data(&d->body), buf_len(&d->body));
		buf_add(out, buf_data(&tail), buf_len(&tail));
		r = 0;
	}
	buf_fini(&head);
	buf_fini(&tail);
	return (r);
}

/* A canvas of the terminal's size, if the one given is another. */
static struct canvas *
canvas_fit(const struct tty_draw *d, const struct canvas *cv)
{
	struct canvas	*fit;
	int		 y;

	fit = canvas_new(d->cols, d->rows);
	for (y = 0; y < d->rows && y < cv->rows; y++)
		canvas_row(fit, 0, y, cv->row[y], 0,
		    cv->cols < d->cols ? cv->cols : d->cols);
	fit->cx = cv->cx < d->cols ? cv->cx : -1;
	fit->cy = cv->cy < d->rows ? cv->cy : -1;
	fit->cursor_shape = cv->cursor_shape;
	fit->cursor_blink = cv->cursor_blink;
	fit->cursor_colour = cv->cursor_colour;
	return (fit);
}

int
tty_draw_update(struct tty_draw *d, struct canvas *cv, struct buf *out)
{
	struct canvas	*fit = NULL;
	bool		 cursor;
	int		 y, r = 0;

	if (!d->started)
		return (0);
	if (d->cols == 0)
		tty_draw_resize(d, cv->cols, cv->rows);
	if (cv->cols != d->cols || cv->rows != d->rows)
		cv = fit = canvas_fit(d, cv);
	buf_clear(&d->body);
	if (!d->valid)
		repaint(d);
	else
		scroll(d, cv);
	erase_below(d, cv);
	for (y = 0; y < d->rows; y++) {
		if (d->shown[y] == cv->row[y])
			continue;
		draw_row(d, cv, y);
		row_unref(d->shown[y]);
		d->shown[y] = row_ref(cv->row[y]);
	}
	draw_acs(d, false);
	cursor = (cv->cx >= 0 && cv->cx < d->cols && cv->cy >= 0 &&
	    cv->cy < d->rows);
	if (cursor)
		move_to(d, cv->cx, cv->cy);
	cursor_look(d, cv);
	if (buf_len(&d->body) > 0 || !d->cursor_known ||
	    cursor != d->cursor_on)
		r = frame_put(d, cursor, out);
	if (r != 0) {
		d->valid = false;
		d->cursor_known = false;
		d->cursor_style = -1;
		d->cursor_colour = COLOUR_NONE;
		draw_pen_forget(d);
		cursor_unknown(d);
	}
	canvas_free(fit);
	return (r);
}
