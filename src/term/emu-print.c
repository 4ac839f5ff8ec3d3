/* SPDX-License-Identifier: ISC */

/*
 * emu-print.c - text onto the screen: wrapping, clusters, insertion.
 *
 * Text comes in runs.  A run of ASCII under ordinary circumstances (no
 * insertion, no line drawing) is cut at the right margin and each piece filled
 * into its row at once.  Other text goes one by one, but a character that cannot
 * join to the one before takes a short way.
 *
 * A character that is printed in the last column leaves the cursor on it, with
 * a wrap pending; the next one wraps first (VT510, "autowrap").  Everything that
 * moves the cursor forgets the pending wrap.
 *
 * Clusters: a code point that belongs to the character before the cursor
 * (UAX #29) joins its cell.  We know it is that one as long as the cursor has
 * not been moved since; a mark without width joins whatever stands there.
 */

#include <string.h>

#include "base/utf8.h"
#include "term/canvas.h"
#include "term/emu-int.h"
#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* --- scrolling --------------------------------------------------------- */

/* Move the columns of the margins only; rows stay where they are. */
static void
scroll_columns(struct emu *e, int top, int n)
{
	struct row	*r;
	int		 y, w = e->right - e->left + 1;
	int		 all = e->bottom - top + 1;

	if (n > all)
		n = all;
	if (n < -all)
		n = -all;
	if (n > 0) {
		for (y = top; y + n <= e->bottom; y++) {
			r = grid_write(e->g, y);
			row_copy_cells(r, e->left, grid_row(e->g, y + n),
			    e->left, w);
		}
		for (; y <= e->bottom; y++)
			row_clear(grid_write(e->g, y), e->left, w, e->pen.bg);
	} else {
		n = -n;
		for (y = e->bottom; y - n >= top; y--) {
			r = grid_write(e->g, y);
			row_copy_cells(r, e->left, grid_row(e->g, y - n),
			    e->left, w);
		}
		for (; y >= top; y--)
			row_clear(grid_write(e->g, y), e->left, w, e->pen.bg);
	}
}

void
emu_scroll(struct emu *e, int top, int n)
{
	if (e->left != 0 || e->right != e->cols - 1)
		scroll_columns(e, top, n);
	else if (n > 0)
		grid_scroll_up(e->g, top, e->bottom, n, e->pen.bg,
		    top == 0 && e->scr == &e->screen[0]);
	else
		grid_scroll_down(e->g, top, e->bottom, -n, e->pen.bg);
}

void
emu_index(struct emu *e)
{
	if (e->cy == e->bottom) {
		if (e->cx >= e->left && e->cx <= e->right)
			emu_scroll(e, e->top, 1);
	} else if (e->cy < e->rows - 1)
		e->cy++;
}

void
emu_reverse_index(struct emu *e)
{
	if (e->cy == e->top) {
		if (e->cx >= e->left && e->cx <= e->right)
			emu_scroll(e, e->top, -1);
	} else if (e->cy > 0)
		e->cy--;
}

/* --- inserting and deleting within a line ------------------------------ */

/* Where it ends: at the margin, or half way in a line of double width. */
static int
last_of(const struct emu *e, const struct row *r)
{
	int	 half = e->cols / 2 - 1;

	return ((r->flags & ROW_DWIDTH) && half < e->right ? half : e->right);
}

void
emu_insert_cells(struct emu *e, int x, int y, int n)
{
	struct row	*r = grid_write(e->g, y);
	int		 room = last_of(e, r) + 1 - x;

	if (n > room)
		n = room;
	if (n <= 0)
		return;
	row_copy_cells(r, x + n, r, x, room - n);
	row_clear(r, x, n, e->pen.bg);
	r->flags &= ~ROW_WRAPPED;
}

void
emu_delete_cells(struct emu *e, int x, int y, int n)
{
	struct row	*r = grid_write(e->g, y);
	int		 room = last_of(e, r) + 1 - x;

	if (n > room)
		n = room;
	if (n <= 0)
		return;
	row_copy_cells(r, x, r, x + n, room - n);
	row_clear(r, x + room - n, n, e->pen.bg);
	r->flags &= ~ROW_WRAPPED;
}

/* --- cells ------------------------------------------------------------- */

int
emu_double_edge(const struct emu *e, int last)
{
	int	 half = e->cols / 2 - 1;

	if (!(grid_row(e->g, e->cy)->flags & ROW_DWIDTH))
		return (last);
	if (half < last)
		last = half;
	return (last < e->cx ? e->cx : last);
}

void
emu_double_clip(struct emu *e)
{
	bool	 wide = (grid_row(e->g, e->cy)->flags & ROW_DWIDTH) != 0;
	int	 half = e->cols / 2 - 1;

	if (wide && half >= 0 && e->cx > half) {
		e->cx = half;
		e->pending = false;
	} else if (!(wide && e->cx == half) && e->cx != e->right &&
	    e->cx != e->cols - 1)
		e->pending = false;
}

/* The right edge for the cursor: beyond the margin it is the screen's. */
static inline int
edge(const struct emu *e)
{
	int	 last = e->cx > e->right ? e->cols - 1 : e->right;

	return (e->doubles ? emu_double_edge(e, last) : last);
}

static void
wrap(struct emu *e)
{
	/* Between margins nothing is joined when the width changes. */
	if (e->left == 0 && e->right == e->cols - 1 &&
	    !(grid_row(e->g, e->cy)->flags & ROW_DWIDTH))
		grid_write(e->g, e->cy)->flags |= ROW_WRAPPED;
	e->pending = false;
	emu_index(e);
	e->cx = e->left;
	if (e->doubles)
		emu_double_clip(e);
}

/* To column x; last is the edge as it was for the text that got us there. */
static inline void
advance_to(struct emu *e, int x, int last)
{
	e->cx = x;
	if (e->cx > last) {
		e->cx = last;
		if (e->modes & MODE_WRAP)
			e->pending = true;
	}
}

static inline void
advance(struct emu *e, int w)
{
	advance_to(e, e->cx + w, edge(e));
}

static inline void
remember(struct emu *e)
{
	e->after_x = e->cx + e->pending;
	e->after_y = e->cy;
}

/* One character that begins a new cell. */
static void
put(struct emu *e, uint32_t cp, int w)
{
	struct cell	 c = e->pen;
	struct row	*r;

	if (e->pending && (e->modes & MODE_WRAP))
		wrap(e);
	e->pending = false;
	if (w == 2 && e->cx + 1 > edge(e)) {
		if (e->cols < 2 || e->right == e->left || edge(e) < 1)
			return;		/* no room, and none to come */
		if (e->modes & MODE_WRAP) {
			r = grid_write(e->g, e->cy);
			row_clear(r, e->cx, 1, e->pen.bg);
			wrap(e);
		} else		/* the last columns get what comes last */
			e->cx = edge(e) - 1;
	}
	if (e->modes & MODE_INSERT)
		emu_insert_cells(e, e->cx, e->cy, w);
	r = grid_write(e->g, e->cy);
	c.ch = cp | (w == 2 ? CELL_WIDE : 0);
	row_put(r, e->cx, &c, e->has_rare ? &e->rare : NULL);
	e->last_cp = cp;
	advance(e, w);
	remember(e);
}

/* --- clusters ---------------------------------------------------------- */

/* The column of the character before the cursor, -1 if there is none. */
static int
base_column(const struct emu *e)
{
	const struct row	*r = grid_row(e->g, e->cy);
	int			 x = e->pending ? e->cx : e->cx - 1;

	if (x < 0)
		return (-1);
	if ((r->cells[x].ch & CELL_TAIL) && x > 0)
		x--;
	return (cell_cp(&r->cells[x]) == 0 ? -1 : x);
}

/* Make the character at x two columns wide; it had one. */
static void
widen(struct emu *e, int x, struct cell *c, const struct cell_ext *ext)
{
	struct cell_ext	 keep = *ext;
	int		 last = edge(e);

	c->ch |= CELL_WIDE;
	if (x + 1 <= last) {
		if (e->modes & MODE_INSERT)
			emu_insert_cells(e, x + 1, e->cy, 1);
		row_put(grid_write(e->g, e->cy), x, c, &keep);
		e->cx = x;
		e->pending = false;
		advance(e, 2);
		return;
	}
	if (!(e->modes & MODE_WRAP) || e->right == e->left || e->cols < 2) {
		c->ch &= ~CELL_WIDE;
		row_put(grid_write(e->g, e->cy), x, c, &keep);
		return;
	}
	/* It stood in the last column: it goes to the next line. */
	row_clear(grid_write(e->g, e->cy), x, 1, e->pen.bg);
	wrap(e);
	row_put(grid_write(e->g, e->cy), e->cx, c, &keep);
	advance(e, 2);
}

/* Add cp to the character before the cursor, if there is one. */
static void
join(struct emu *e, uint32_t cp)
{
	const struct cell_ext	*old;
	struct cell_ext		 ext = { 0 };
	struct row		*r;
	struct cell		 c;
	int			 x = base_column(e), w;

	if (x < 0)
		return;
	r = grid_row(e->g, e->cy);
	c = r->cells[x];
	if ((old = row_ext(r, &c)) != NULL)
		ext = *old;
	if (ext.more == CLUSTER_MORE_MAX)
		return;			/* as much as a cell can hold */
	ext.cps[ext.more++] = cp;
	w = cell_width(&c);
	if (cluster_width(cell_cp(&c), w, cp) > w)
		widen(e, x, &c, &ext);
	else
		row_put(grid_write(e->g, e->cy), x, &c, &ext);
	remember(e);
}

/* The cluster state as if what stands before the cursor were just printed. */
static void
recall(struct emu *e)
{
	const struct row	*r = grid_row(e->g, e->cy);
	const struct cell_ext	*ext;
	int			 i, x = base_column(e);

	e->cluster = (struct cluster){ 0 };
	if (x < 0)
		return;
	cluster_add(&e->cluster, cell_cp(&r->cells[x]));
	if ((r->cells[x].ch & CELL_CLUSTER) &&
	    (ext = row_ext(r, &r->cells[x])) != NULL) {
		for (i = 0; i < ext->more; i++)
			cluster_add(&e->cluster, ext->cps[i]);
	}
}

static void
print_one(struct emu *e, uint32_t cp)
{
	uint8_t		 info = cp_info(cp);
	enum cp_class	 class = cp_class(info);
	int		 w = info & CP_WIDTH_MASK;
	bool		 follows;

	if ((info & CP_AMBIGUOUS) && e->cfg.ambiguous_wide)
		w = 2;
	if (class == CP_OTHER && w != 0 && e->cluster.last != CP_PREPEND) {
		e->cluster = (struct cluster){ .last = CP_OTHER, .any = 1 };
		put(e, cp, w);
		return;
	}
	follows = e->after_x == e->cx + e->pending && e->after_y == e->cy;
	if (!follows) {
		if (w == 0)
			recall(e);
		else
			e->cluster = (struct cluster){ 0 };
	}
	if (cluster_add(&e->cluster, cp) || w == 0) {
		if (class != CP_CONTROL)
			join(e, cp);
		return;
	}
	put(e, cp, w);
}

/* --- what the parser calls --------------------------------------------- */

/* One character through what is designated and shifted in. */
static void
print_mapped(struct emu *e, uint32_t cp)
{
	uint8_t	 set;

	if (e->single >= SINGLE_ROW) {
		emu_vt52_address(e, cp);
		return;
	}
	set = e->charset[e->single != 0 ? e->single : e->gl];
	e->single = 0;
	print_one(e, cp < 0x80 ? emu_charset_map(e, set, cp) : cp);
}

/* Circumstances in which neither of the short ways below is open. */
static inline bool
is_special(const struct emu *e)
{
	return ((e->modes & MODE_INSERT) || e->single != 0 ||
	    e->charset[e->gl] != CHARSET_ASCII);
}

/* May it belong to the character before it? */
static inline bool
may_join(unsigned info)
{
	return (((1u << cp_class((uint8_t)info)) & (1u << CP_EXTEND |
	    1u << CP_ZWJ | 1u << CP_SPACING | 1u << CP_V | 1u << CP_T |
	    1u << CP_LINKER)) != 0);
}

/*
 * As many as are ordinary, on one line, written without a look at each
 * neighbour.  Returns how many; one that others join to is left to
 * print_cluster().
 */
static size_t
print_run(struct emu *e, const uint32_t *cps, size_t n)
{
	const struct cell c = e->pen;
	struct row	*r;
	struct cell	*to;
	size_t		 i;
	unsigned	 bits = CP_BEGINS | (e->cfg.ambiguous_wide ?
	    CP_AMBIGUOUS : 0);
	unsigned	 info = 0, before = 0;
	int		 x, room, last = edge(e);

	if (e->pending || e->has_rare || is_special(e) ||
	    e->cluster.last == CP_PREPEND || e->cluster.last == CP_L ||
	    e->cluster.last == CP_ZWJ || e->cluster.indic == 2)
		return (0);
	r = grid_write(e->g, e->cy);
	x = e->cx;
	if (x > 0 && (r->cells[x].ch & CELL_TAIL))
		return (0);
	room = last + 1 - x;
	to = &r->cells[x];
	for (i = 0; i < n; i++, before = info) {
		info = cp_info(cps[i]);
		if ((info & bits) != CP_BEGINS)
			break;
		if (!(info & 2)) {
			if (--room < 0)
				break;
			cell_stamp(to++, &c, cps[i]);
		} else {
			if ((room -= 2) < 0)
				break;
			cell_stamp(to++, &c, cps[i] | CELL_WIDE);
			cell_stamp(to++, &c, CELL_TAIL);
		}
	}
	if (i != 0 && i < n && may_join(info)) {
		i--;		/* it will be written again, and more */
		to -= before & CP_WIDTH_MASK;
		before = i == 0 ? 0 : cp_info(cps[i - 1]);
	}
	if (i == 0)
		return (0);
	x = (int)(to - r->cells);
	if (r->used < x)
		r->used = x;
	/* What is left of a wide character whose first half we overwrote. */
	if (x < r->cols && (r->cells[x].ch & CELL_TAIL))
		r->cells[x].ch = 0;
	advance_to(e, x, last);
	e->last_cp = cps[i - 1];
	before = cp_class((uint8_t)before);
	e->cluster = (struct cluster){ .last = (uint8_t)before,
	    .pict = before == CP_PICT, .indic = before == CP_CONSONANT,
	    .any = 1 };
	remember(e);
	return (i);
}

/*
 * A character and all that joins to it, as far as it has come, into a cell at
 * once.  Returns how many code points; 0 leaves them to print_one().
 */
static size_t
print_cluster(struct emu *e, const uint32_t *cps, size_t n)
{
	struct cluster	 g = { 0 }, seen;
	struct cell	 c = e->pen;
	struct cell_ext	 ext;
	unsigned	 info = cp_info(cps[0]);
	size_t		 i;
	int		 w = info & CP_WIDTH_MASK;

	if (is_special(e) || w == 0 || (info & CP_AMBIGUOUS) ||
	    cps[0] > 0x10ffff)
		return (0);
	/* The first must not belong to what is before the cursor. */
	seen = e->cluster;
	if (cluster_add(&seen, cps[0]))
		return (0);
	/* With room for two columns, whatever its width will be. */
	if (e->pending || e->cx + 1 > edge(e))
		return (0);
	cluster_add(&g, cps[0]);
	ext.us = e->rare.us;
	ext.link = e->rare.link;
	for (i = 1, ext.more = 0; i < n; i++) {
		seen = g;
		if (cp_class(cp_info(cps[i])) == CP_CONTROL ||
		    !cluster_add(&seen, cps[i]))
			break;
		g = seen;
		if (ext.more == CLUSTER_MORE_MAX)
			continue;
		ext.cps[ext.more++] = cps[i];
		w = cluster_width(cps[0], w, cps[i]);
	}
	c.ch = cps[0] | (w == 2 ? CELL_WIDE : 0);
	row_put(grid_write(e->g, e->cy), e->cx, &c, &ext);
	e->last_cp = cps[0];
	advance(e, w);
	remember(e);
	e->cluster = g;
	return (i);
}

void
emu_print_text(void *arg, const uint32_t *cps, size_t n)
{
	struct emu	*e = arg;
	size_t		 i, k;

	for (i = 0; i < n; i += k) {
		k = print_run(e, cps + i, n - i);
		if (i + k < n)
			k += print_cluster(e, cps + i + k, n - i - k);
		if (k != 0)
			continue;
		print_mapped(e, cps[i]);
		k = 1;
	}
}

void
emu_print_ascii(void *arg, const uint8_t *s, size_t n)
{
	struct emu	*e = arg;
	struct row	*r;
	size_t		 k;
	int		 last;

	while (n > 0 && (is_special(e) || e->cluster.last == CP_PREPEND)) {
		print_mapped(e, *s++);
		n--;
	}
	if (n == 0)
		return;
	e->last_cp = s[n - 1];
	while (n > 0) {
		if (e->pending && (e->modes & MODE_WRAP))
			wrap(e);
		e->pending = false;
		last = edge(e);
		k = (size_t)(last + 1 - e->cx);
		if (k > n)
			k = n;
		else if (k < n && !(e->modes & MODE_WRAP)) {
			/* The last column gets what comes last. */
			r = grid_write(e->g, e->cy);
			row_fill_ascii(r, e->cx, s, (int)k, &e->pen,
			    e->has_rare ? &e->rare : NULL);
			e->cx += (int)k - 1;
			s += n - 1;
			n = 1;
			continue;
		}
		r = grid_write(e->g, e->cy);
		row_fill_ascii(r, e->cx, s, (int)k, &e->pen,
		    e->has_rare ? &e->rare : NULL);
		advance_to(e, e->cx + (int)k, last);
		s += k;
		n -= k;
	}
	e->cluster = (struct cluster){ .last = CP_OTHER, .any = 1 };
	remember(e);
}

void
emu_print_again(struct emu *e, int n)
{
	uint32_t	 cp = e->last_cp;
	int		 max = e->cols * e->rows;

	if (cp == 0 || cp_width(cp) <= 0)
		return;
	/* More than a screenful only scrolls. */
	for (n = n > max ? max : n; n > 0; n--) {
		e->cluster = (struct cluster){ .last = CP_OTHER, .any = 1 };
		put(e, cp, cp_width(cp) == 2 || ((cp_info(cp) & CP_AMBIGUOUS) &&
		    e->cfg.ambiguous_wide) ? 2 : 1);
	}
}

void
emu_print_right(struct emu *e, uint8_t c)
{
	uint8_t	 g = e->single != 0 ? e->single : e->gr;

	if (g >= SINGLE_ROW) {
		emu_vt52_address(e, c);
		return;
	}
	e->single = 0;
	print_one(e, emu_charset_right(e, e->charset[g], c));
}

void
emu_print_del(struct emu *e)
{
	if (e->charset[e->single == 2 || e->single == 3 ? e->single :
	    e->gl] == CHARSET_LATIN1)
		print_mapped(e, 0x7f);
}
