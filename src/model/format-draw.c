/* SPDX-License-Identifier: ISC */

/*
 * format-draw.c - the result of a format onto a row of cells.
 *
 * The text is drawn into areas, each as long as it needs, then the areas are
 * cut to fit and laid into the row:
 *
 *	LEFT  [LIST AFTER]  CENTRE  [LIST AFTER]  RIGHT  [LIST AFTER]
 *	                ABSOLUTE CENTRE (over all)
 *
 * align= chooses the area; list=on turns to the list, which lies behind the
 * text of the alignment that was in force, and what follows it with that
 * alignment goes into AFTER.  When there is not room for all, areas give
 * columns in an order that depends on where the list is; the list itself
 * scrolls so that what has list=focus is seen, with the markers at its ends.
 *
 * Ranges (what a click means) are kept in columns of their area and come
 * out in columns of the row.
 *
 * #s: in a run of them before a [ each pair is one # to be seen, and an odd one
 * begins a style; in any other run each pair is one, and an odd one too.
 */

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/str.h"
#include "base/utf8.h"
#include "base/xmalloc.h"
#include "model/format-int.h"
#include "model/style.h"
#include "term/canvas.h"
#include "term/width.h"

#define AREA_COLS_MAX	(2 * FORMAT_WIDTH_MAX)
#define SPANS_MAX	1024	/* ranges of one row */
#define STYLE_BYTES_MAX	4096	/* between the brackets */

enum area_kind { AREA_LEFT, AREA_CENTRE, AREA_RIGHT, AREA_ABSOLUTE, AREA_LIST,
	AREA_AFTER, AREA_LEFT_MARKER, AREA_RIGHT_MARKER, AREA_COUNT };

/* One character; rare parts only if it has any. */
struct glyph {
	struct cell	 cell;
	struct cell_ext	*ext;
	int		 x, w;		/* columns of the area */
};

struct area {
	struct glyph	*glyphs;
	size_t		 count, cap;
	int		 cols;
};

struct span {
	enum area_kind	 area;
	int		 from, to;	/* columns of the area */
	enum style_range kind;
	uint32_t	 arg;
	char		 user[16];
};

struct draw {
	struct canvas	*canvas;
	int		 x, y, width;
	struct area	 area[AREA_COUNT];
	enum area_kind	 list_at;	/* the alignment that has the list */
	bool		 has_list;
	int		 focus_from, focus_to;	/* -1: none */
	uint32_t	 fill;

	/* While reading. */
	enum area_kind	 last;		/* where text goes */
	enum style_list	 list;
	bool		 list_over;	/* a second list is none */
	enum area_kind	 map[STYLE_ALIGN_ABSOLUTE_CENTRE + 1];
	struct style	 style, base, normal;
	struct span	 open;		/* range being drawn */
	bool		 is_open;

	struct span	*spans;
	size_t		 nspans;
	struct style_span *out;
	size_t		 nout;
};

/* --- text and styles --- */

const char *
format_hashes(const char *s, size_t *shown, bool *style)
{
	size_t	n = strspn(s, "#");

	*style = false;
	if (s[n] != '[') {
		*shown = n / 2 + n % 2;
		return (s + n);
	}
	*shown = n / 2;
	if (n % 2 == 0)
		return (s + n);
	*style = true;
	return (s + n - 1);
}

/* Behind the #[...] that s stands on; NULL if it has no end. */
static const char *
format_style_end(const char *s)
{
	const char	*end = format_skip(s + 2, "]");

	return (end == NULL ? NULL : end + 1);
}

int
format_width(const char *s)
{
	const char	*end;
	size_t		 n, shown;
	int		 width = 0;
	bool		 style;

	while (*s != '\0') {
		if (*s != '#') {
			n = strcspn(s, "#");
			width += text_width(s, n);
			s += n;
			continue;
		}
		s = format_hashes(s, &shown, &style);
		width += (int)shown;
		if (!style)
			continue;
		if ((end = format_style_end(s)) == NULL)
			return (width);
		s = end;
	}
	return (width);
}

/*
 * Copy a text without its first `skip` columns and not more than `keep` behind
 * them.  Styles are copied until there is no room left, and all of them that
 * stand in what is skipped.
 */
static char *
format_trim(const char *s, int skip, int keep)
{
	const char	*next, *plain = s;
	struct buf	 b;
	char		*out;
	size_t		 n, shown, i;
	int		 at = 0, w;
	bool		 style, pairs;

	buf_init(&b, FORMAT_TEXT_MAX);
	while (*s != '\0' && at < skip + keep) {
		if (*s != '#') {
			if (plain <= s)
				plain = s + strcspn(s, "#");
			n = text_next(s, (size_t)(plain - s), &w);
			if (n == 0)
				break;
			if (at >= skip && at + w <= skip + keep)
				buf_add(&b, s, n);
			else if (at >= skip)
				break;
			at += w;
			s += n;
			continue;
		}
		next = format_hashes(s, &shown, &style);
		pairs = next - s > 1 || style || *next == '[';
		for (i = 0; i < shown; i++, at++) {
			if (at >= skip && at < skip + keep)
				buf_addstr(&b, pairs ? "##" : "#");
		}
		s = next;
		if (!style)
			continue;
		if ((next = format_style_end(s)) == NULL)
			break;
		buf_add(&b, s, (size_t)(next - s));
		s = next;
	}
	out = xstrndup(buf_len(&b) == 0 ? "" : (char *)buf_data(&b),
	    buf_len(&b));
	buf_fini(&b);
	return (out);
}

char *
format_trim_left(const char *s, int cols)
{
	return (format_trim(s, 0, cols < 0 ? 0 : cols));
}

char *
format_trim_right(const char *s, int cols)
{
	int	width = format_width(s);

	if (cols < 0)
		cols = 0;
	return (format_trim(s, width > cols ? width - cols : 0, cols));
}

/* --- areas --- */

/* The line drawing set: what `a' to `~' are with acs. */
static uint32_t
draw_acs(uint32_t cp)
{
	static const uint16_t	set[] = {
		0x25c6, 0x2592, 0x2409, 0x240c, 0x240d, 0x240a, 0x00b0, 0x00b1,
		0x2424, 0x240b, 0x2518, 0x2510, 0x250c, 0x2514, 0x253c, 0x23ba,
		0x23bb, 0x2500, 0x23bc, 0x23bd, 0x251c, 0x2524, 0x2534, 0x252c,
		0x2502, 0x2264, 0x2265, 0x03c0, 0x2260, 0x00a3, 0x00b7
	};

	if (cp < 0x60 || cp > 0x7e)
		return (cp);
	return (set[cp - 0x60]);
}

static struct glyph *
area_add(struct area *a, int w)
{
	struct glyph	*g;

	if (a->cols + w > AREA_COLS_MAX)
		return (NULL);
	if (a->count == a->cap) {
		a->cap = a->cap == 0 ? 64 : a->cap * 2;
		a->glyphs = xreallocarray(a->glyphs, a->cap,
		    sizeof *a->glyphs);
	}
	g = &a->glyphs[a->count++];
	memset(g, 0, sizeof *g);
	g->x = a->cols;
	g->w = w;
	a->cols += w;
	return (g);
}

static void
area_fini(struct area *a)
{
	size_t	i;

	for (i = 0; i < a->count; i++)
		free(a->glyphs[i].ext);
	free(a->glyphs);
}

/* One whole character of n bytes. */
static void
draw_character(struct draw *d, const char *s, size_t n, int w)
{
	struct glyph	*g;
	struct cell_ext	 ext;
	uint32_t	 cp, us = COLOUR_DEFAULT;
	size_t		 at;
	int		 got;

	got = utf8_decode((const uint8_t *)s, n, &cp);
	if (got <= 0 || cp < 0x20 || (cp >= 0x7f && cp < 0xa0))
		return;
	if (w < 1 || w > 2 || (g = area_add(&d->area[d->last], w)) == NULL)
		return;
	if (d->style.acs)
		cp = draw_acs(cp);
	g->cell.ch = (cp & CELL_CP_MASK) | (w == 2 ? CELL_WIDE : 0);
	style_apply(&d->style, &g->cell, &us);

	memset(&ext, 0, sizeof ext);
	ext.us = us;
	for (at = (size_t)got; at < n && ext.more < CLUSTER_MORE_MAX;
	    at += (size_t)got) {
		got = utf8_decode((const uint8_t *)s + at, n - at, &cp);
		if (got <= 0)
			break;
		ext.cps[ext.more++] = cp;
	}
	if (ext.more > 0)
		g->cell.ch |= CELL_CLUSTER;
	if (ext.more > 0 || us != COLOUR_DEFAULT)
		g->ext = xmemdup(&ext, sizeof ext);
}

static void
draw_text(struct draw *d, const char *s, size_t len)
{
	size_t	n;
	int	w;

	while (len > 0) {
		if ((n = text_next(s, len, &w)) == 0)
			break;
		/* Controls have no width and are left out. */
		draw_character(d, s, n, w);
		s += n;
		len -= n;
	}
}

/* --- reading --- */

static void
draw_close_range(struct draw *d)
{
	if (!d->is_open)
		return;
	d->is_open = false;
	d->open.to = d->area[d->open.area].cols;
	if (d->open.to == d->open.from || d->nspans == SPANS_MAX)
		return;
	d->spans = xreallocarray(d->spans, d->nspans + 1, sizeof *d->spans);
	d->spans[d->nspans++] = d->open;
}

/* The range that is in force from here on. */
static void
draw_range(struct draw *d)
{
	const struct style	*st = &d->style;

	if (d->is_open && d->open.kind == st->range &&
	    d->open.arg == st->range_arg && d->open.area == d->last &&
	    str_eq(d->open.user, st->range_user))
		return;
	draw_close_range(d);
	if (st->range == STYLE_RANGE_NONE)
		return;
	d->is_open = true;
	d->open.area = d->last;
	d->open.from = d->area[d->last].cols;
	d->open.kind = st->range;
	d->open.arg = st->range_arg;
	memcpy(d->open.user, st->range_user, sizeof d->open.user);
}

static void
draw_end_focus(struct draw *d)
{
	if (d->focus_from >= 0 && d->focus_to < 0)
		d->focus_to = d->area[AREA_LIST].cols;
}

/* The list state and with it the area that text goes to. */
static void
draw_list(struct draw *d)
{
	enum style_list	list = d->style.list;
	size_t		i;

	if (list == STYLE_LIST_OFF) {
		if (d->list == STYLE_LIST_ON || d->list == STYLE_LIST_FOCUS) {
			draw_end_focus(d);
			d->list_over = true;
			for (i = 0; i <= STYLE_ALIGN_ABSOLUTE_CENTRE; i++) {
				if (d->map[i] == d->list_at)
					d->map[i] = AREA_AFTER;
			}
		}
		d->list = list;
		d->last = d->map[d->style.align];
		return;
	}
	if (list == STYLE_LIST_LEFT_MARKER || list == STYLE_LIST_RIGHT_MARKER) {
		/* Each may be given once. */
		d->list = list;
		d->last = list == STYLE_LIST_LEFT_MARKER ? AREA_LEFT_MARKER :
		    AREA_RIGHT_MARKER;
		return;
	}
	if (d->list_over) {
		d->list = STYLE_LIST_OFF;
		d->last = d->map[d->style.align];
		return;
	}
	if (!d->has_list) {
		d->has_list = true;
		d->list_at = d->map[d->style.align];
	}
	if (list == STYLE_LIST_FOCUS && d->focus_from < 0)
		d->focus_from = d->area[AREA_LIST].cols;
	if (list == STYLE_LIST_ON)
		draw_end_focus(d);
	d->list = list;
	d->last = AREA_LIST;
}

/* The text between the brackets. */
static void
draw_style(struct draw *d, const char *s, size_t len)
{
	char	text[STYLE_BYTES_MAX];

	if (len >= sizeof text)
		return;
	memcpy(text, s, len);
	text[len] = '\0';
	if (style_parse(&d->style, &d->normal, text) != 0)
		return;
	if (d->style.fill != COLOUR_NONE) {
		d->fill = d->style.fill;
		d->style.fill = COLOUR_NONE;
	}
	switch (d->style.def) {
	case STYLE_DEFAULT_PUSH:
		d->normal = d->style;
		break;
	case STYLE_DEFAULT_POP:
		d->normal = d->base;
		break;
	case STYLE_DEFAULT_SET:
		d->base = d->normal = d->style;
		break;
	default:
		break;
	}
	d->style.def = STYLE_DEFAULT_BASE;
	/* What is the default of text is no place. */
	d->normal.range = STYLE_RANGE_NONE;
	d->normal.align = STYLE_ALIGN_DEFAULT;
	d->normal.list = STYLE_LIST_OFF;
	draw_list(d);
	draw_range(d);
}

static void
draw_read(struct draw *d, const char *s)
{
	const char	*end;
	size_t		 n, shown;
	bool		 style;

	while (*s != '\0') {
		if (*s != '#') {
			n = strcspn(s, "#");
			draw_text(d, s, n);
			s += n;
			continue;
		}
		s = format_hashes(s, &shown, &style);
		while (shown-- > 0)
			draw_text(d, "#", 1);
		if (!style)
			continue;
		if (d->style.ignore) {
			draw_text(d, "#[", 2);
			s += 2;
			continue;
		}
		if ((end = format_style_end(s)) == NULL)
			break;
		draw_style(d, s + 2, (size_t)(end - s - 3));
		s = end;
	}
	draw_end_focus(d);
	draw_close_range(d);
}

/* --- laying out --- */

static void
draw_out_span(struct draw *d, const struct span *sp, int x, int w)
{
	struct style_span	*ss;

	d->out = xreallocarray(d->out, d->nout + 1, sizeof *d->out);
	ss = &d->out[d->nout++];
	memset(ss, 0, sizeof *ss);
	ss->x = x;
	ss->w = w;
	ss->range = (int)sp->kind;
	ss->arg = sp->arg;
	memcpy(ss->user, sp->user, sizeof ss->user);
}

/* Columns [from, from + n) of an area to column `at` of the row. */
static void
draw_put(struct draw *d, enum area_kind kind, int at, int from, int n)
{
	struct area	*a = &d->area[kind];
	struct glyph	*g;
	struct span	*sp;
	size_t		 i;
	int		 lo, hi;

	if (at < 0) {
		from -= at;
		n += at;
		at = 0;
	}
	if (at + n > d->width)
		n = d->width - at;
	if (n <= 0)
		return;
	for (i = 0; i < a->count; i++) {
		g = &a->glyphs[i];
		if (g->x < from || g->x + g->w > from + n)
			continue;
		canvas_put(d->canvas, d->x + at + g->x - from, d->y, &g->cell,
		    g->ext);
	}
	for (i = 0; i < d->nspans; i++) {
		sp = &d->spans[i];
		if (sp->area != kind)
			continue;
		lo = sp->from > from ? sp->from : from;
		hi = sp->to < from + n ? sp->to : from + n;
		if (lo < hi)
			draw_out_span(d, sp, d->x + at + lo - from, hi - lo);
	}
}

/* The list in `width` columns, so that its focus is seen. */
static void
draw_put_list(struct draw *d, int at, int width)
{
	struct area	*list = &d->area[AREA_LIST];
	int		 left = d->area[AREA_LEFT_MARKER].cols;
	int		 right = d->area[AREA_RIGHT_MARKER].cols;
	int		 start, middle;

	if (width >= list->cols) {
		draw_put(d, AREA_LIST, at, 0, list->cols);
		return;
	}
	if (d->focus_from < 0) {
		d->focus_from = d->focus_to = d->list_at == AREA_LEFT ||
		    d->list_at == AREA_RIGHT ? 0 : list->cols / 2;
	}
	middle = d->focus_from + (d->focus_to - d->focus_from) / 2;
	start = middle < width / 2 ? 0 : middle - width / 2;
	if (start + width > list->cols)
		start = list->cols - width;
	if (start > 0 && width > left) {
		draw_put(d, AREA_LEFT_MARKER, at, 0, left);
		at += left;
		start += left;
		width -= left;
	}
	if (start + width < list->cols && width > right) {
		draw_put(d, AREA_RIGHT_MARKER, at + width - right, 0, right);
		width -= right;
	}
	draw_put(d, AREA_LIST, at, start, width);
}

/* Take columns from the areas in the given order until all fits. */
static void
draw_shrink(int *cols, const enum area_kind *order, size_t n, int excess)
{
	size_t	i;
	int	take;

	for (i = 0; i < n && excess > 0; i++) {
		take = cols[order[i]] < excess ? cols[order[i]] : excess;
		cols[order[i]] -= take;
		excess -= take;
	}
}

static void
draw_layout(struct draw *d)
{
	/* First to shrink stands first; the last to lose anything, last. */
	static const enum area_kind	in_centre[] = {
		AREA_LIST, AREA_AFTER, AREA_CENTRE, AREA_RIGHT, AREA_LEFT
	};
	static const enum area_kind	at_side[] = {
		AREA_CENTRE, AREA_LIST, AREA_RIGHT, AREA_AFTER, AREA_LEFT
	};
	int				cols[AREA_COUNT], total, middle, right;
	int				cut, free_from, free_to, before;
	size_t				i;

	for (i = 0; i < AREA_COUNT; i++)
		cols[i] = d->area[i].cols;
	/* What is centred before the list stands in for the other. */
	if (d->has_list && d->list_at == AREA_ABSOLUTE) {
		cols[AREA_CENTRE] = 0;
		if (cols[AREA_ABSOLUTE] > d->width)
			cols[AREA_ABSOLUTE] = d->width;
	}
	total = cols[AREA_LEFT] + cols[AREA_CENTRE] + cols[AREA_RIGHT] +
	    cols[AREA_LIST] + cols[AREA_AFTER];
	if (d->has_list && d->list_at == AREA_ABSOLUTE)
		total += cols[AREA_ABSOLUTE];
	draw_shrink(cols, d->has_list && (d->list_at == AREA_CENTRE ||
	    d->list_at == AREA_ABSOLUTE) ? in_centre : at_side, 5,
	    total - d->width);

	/* Of each side its outer end is what stays. */
	draw_put(d, AREA_LEFT, 0, 0, cols[AREA_LEFT]);
	free_from = cols[AREA_LEFT];
	right = d->width - cols[AREA_RIGHT];
	if (d->has_list && d->list_at == AREA_RIGHT)
		right -= cols[AREA_LIST] + cols[AREA_AFTER];
	cut = d->area[AREA_RIGHT].cols - cols[AREA_RIGHT];
	draw_put(d, AREA_RIGHT, right, cut, cols[AREA_RIGHT]);
	free_to = right;

	if (d->has_list && d->list_at == AREA_LEFT) {
		draw_put_list(d, free_from, cols[AREA_LIST]);
		free_from += cols[AREA_LIST];
		draw_put(d, AREA_AFTER, free_from, 0, cols[AREA_AFTER]);
		free_from += cols[AREA_AFTER];
	} else if (d->has_list && d->list_at == AREA_RIGHT) {
		draw_put_list(d, right + cols[AREA_RIGHT], cols[AREA_LIST]);
		draw_put(d, AREA_AFTER, d->width - cols[AREA_AFTER], 0,
		    cols[AREA_AFTER]);
	}

	if (d->has_list && (d->list_at == AREA_CENTRE ||
	    d->list_at == AREA_ABSOLUTE)) {
		before = cols[d->list_at];
		if (d->list_at == AREA_CENTRE)
			middle = free_from + (free_to - free_from) / 2;
		else
			middle = d->width / 2 + before / 2;
		middle -= cols[AREA_LIST] / 2;
		if (middle - before < free_from)
			middle = free_from + before;
		if (middle + cols[AREA_LIST] + cols[AREA_AFTER] > free_to)
			middle = free_to - cols[AREA_LIST] - cols[AREA_AFTER];
		draw_put(d, d->list_at, middle - before, 0, before);
		draw_put_list(d, middle, cols[AREA_LIST]);
		draw_put(d, AREA_AFTER, middle + cols[AREA_LIST], 0,
		    cols[AREA_AFTER]);
	} else {
		middle = free_from + (free_to - free_from) / 2 -
		    cols[AREA_CENTRE] / 2;
		draw_put(d, AREA_CENTRE, middle, d->area[AREA_CENTRE].cols / 2 -
		    cols[AREA_CENTRE] / 2, cols[AREA_CENTRE]);
	}
	if (d->has_list && d->list_at == AREA_ABSOLUTE)
		return;

	/* Over whatever is there. */
	if (cols[AREA_ABSOLUTE] > d->width)
		cols[AREA_ABSOLUTE] = d->width;
	draw_put(d, AREA_ABSOLUTE, (d->width - cols[AREA_ABSOLUTE]) / 2, 0,
	    cols[AREA_ABSOLUTE]);
}

void
format_draw(struct canvas *canvas, int x, int y, int width,
    const struct style *base, const char *expanded,
    struct style_span **ranges, size_t *nranges)
{
	struct draw	*d;
	struct cell	 cell;
	size_t		 i;

	if (width <= 0)
		return;
	d = xcalloc(1, sizeof *d);
	d->canvas = canvas;
	d->x = x;
	d->y = y;
	d->width = width;
	d->focus_from = d->focus_to = -1;
	d->fill = COLOUR_NONE;
	d->map[STYLE_ALIGN_CENTRE] = AREA_CENTRE;
	d->map[STYLE_ALIGN_RIGHT] = AREA_RIGHT;
	d->map[STYLE_ALIGN_ABSOLUTE_CENTRE] = AREA_ABSOLUTE;
	style_default(&d->base);
	if (base != NULL) {
		d->base.fg = base->fg;
		d->base.bg = base->bg;
		d->base.us = base->us;
		d->base.attr = base->attr;
		d->fill = base->fill;
	}
	d->style = d->normal = d->base;
	draw_read(d, expanded);

	if (d->fill != COLOUR_NONE) {
		memset(&cell, 0, sizeof cell);
		cell.ch = ' ';
		cell.bg = d->fill;
		canvas_fill(canvas, x, y, width, 1, &cell);
	}
	draw_layout(d);

	if (ranges != NULL && d->nout > 0) {
		*ranges = xreallocarray(*ranges, *nranges + d->nout,
		    sizeof **ranges);
		for (i = 0; i < d->nout; i++)
			(*ranges)[*nranges + i] = d->out[i];
		*nranges += d->nout;
	}
	for (i = 0; i < AREA_COUNT; i++)
		area_fini(&d->area[i]);
	free(d->spans);
	free(d->out);
	free(d);
}
