/* SPDX-License-Identifier: ISC */

/*
 * copy.c - copy mode: its lines, its picture, its life.
 *
 *	line   0 ............ history - 1 | history ...... history + nscreen - 1
 *	       immutable, asked of the    | the screen as it was, held by us
 *	       source when needed	  |
 *
 *	up = 0: the picture shows the screen; up = n: n lines higher.
 *
 * The program goes on while we look: its new lines do not appear until the
 * source is read again (copy_freeze: after a resize, or when asked to).  Lines
 * are counted from the oldest that there was; if the source has meanwhile
 * dropped it, it is shown blank.
 *
 * View mode is copy mode over an emulator of its own, into which lines are
 * written.
 */

#include "mode/copy.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "base/xmalloc.h"
#include "mode/copy-int.h"
#include "term/emu.h"

#define VIEW_LINES_MAX	100000		/* of view mode */
#define VIEW_OSC_MAX	4096

/* -- Lines ---------------------------------------------------------------- */

static void
cache_clear(struct copy *c)
{
	int	 i;

	for (i = 0; i < COPY_CACHE; i++) {
		row_unref(c->cache[i].row);
		c->cache[i].row = NULL;
		c->cache[i].y = -1;
	}
}

struct row *
copy_row(struct copy *c, int y)
{
	int	 i;

	if (y < 0 || y > copy_last(c))
		return (NULL);
	if (y >= c->history)
		return (c->screen[y - c->history]);
	for (i = 0; i < COPY_CACHE; i++)
		if (c->cache[i].y == y)
			return (c->cache[i].row);
	i = (int)(c->cache_at++ % COPY_CACHE);
	row_unref(c->cache[i].row);
	c->cache[i].row = c->src.line(c->src.arg, c->first + (uint64_t)y);
	c->cache[i].y = y;
	return (c->cache[i].row);
}

int
copy_last(const struct copy *c)
{
	return (c->history + c->nscreen - 1);
}

bool
copy_wrapped(struct copy *c, int y)
{
	struct row	*r = copy_row(c, y);

	return (r != NULL && (r->flags & ROW_WRAPPED));
}

static bool
cell_blank(const struct cell *cell)
{
	return (!(cell->ch & (CELL_TAIL | CELL_CLUSTER)) &&
	    (cell_cp(cell) == 0 || cell_cp(cell) == ' '));
}

int
copy_length(struct copy *c, int y)
{
	struct row	*r = copy_row(c, y);
	int		 n;

	if (r == NULL)
		return (0);
	for (n = r->used; n > 0 && cell_blank(&r->cells[n - 1]); n--)
		;
	return (n > c->cols ? c->cols : n);
}

const struct cell *
copy_cell(struct copy *c, int x, int y, bool *tail)
{
	struct row	*r = copy_row(c, y);

	*tail = false;
	if (r == NULL || x < 0 || x >= r->used)
		return (NULL);
	*tail = (r->cells[x].ch & CELL_TAIL) != 0;
	return (&r->cells[x]);
}

bool
copy_is_tail(struct copy *c, int x, int y)
{
	bool	 tail;

	copy_cell(c, x, y, &tail);
	return (tail);
}

bool
copy_in_set(struct copy *c, int x, int y, const char *set)
{
	const struct cell	*cell;
	const uint8_t		*cp = (const uint8_t *)set;
	uint32_t		 mine = ' ', cp32;
	size_t			 len = strlen(set);
	bool			 tail;
	int			 n;

	cell = copy_cell(c, x, y, &tail);
	if (tail)
		return (false);
	if (cell != NULL && cell_cp(cell) != 0)
		mine = cell_cp(cell);
	for (; len > 0; cp += n, len -= (size_t)n) {
		n = utf8_decode(cp, len, &cp32);
		if (n == 0)
			break;
		if (cp32 == mine)
			return (true);
	}
	return (false);
}

bool
copy_is_char(struct copy *c, int x, int y, const char *what)
{
	const struct cell	*cell;
	uint32_t		 cp;
	bool			 tail;

	cell = copy_cell(c, x, y, &tail);
	if (cell == NULL || tail || utf8_decode((const uint8_t *)what,
	    strlen(what), &cp) == 0)
		return (false);
	return ((cell_cp(cell) == 0 ? (uint32_t)' ' : cell_cp(cell)) == cp);
}

int
copy_y(const struct copy *c)
{
	return (c->history - c->up + c->cy);
}

void
copy_touch(struct copy *c)
{
	if (!c->stale)
		c->mode.version++;
	c->stale = true;
}

void
copy_set_up(struct copy *c, int up)
{
	if (up > c->history)
		up = c->history;
	if (up < 0)
		up = 0;
	if (up != c->up)
		copy_touch(c);
	c->up = up;
}

static void
screen_drop(struct copy *c)
{
	int	 i;

	for (i = 0; i < c->nscreen; i++)
		row_unref(c->screen[i]);
	free(c->screen);
	c->screen = NULL;
	c->nscreen = 0;
	cache_clear(c);
}

/* Take the lines as they are now; what points into them is the caller's care. */
static void
screen_take(struct copy *c)
{
	uint64_t	 top = c->src.top(c->src.arg);
	int		 i;

	screen_drop(c);
	c->first = c->src.first(c->src.arg);
	c->epoch = c->src.epoch != NULL ? c->src.epoch(c->src.arg) : 0;
	c->history = (int)(top - c->first);
	c->nscreen = c->src.rows(c->src.arg);
	c->src_cols = c->src.cols(c->src.arg);
	/* The picture may be larger than the screen, not smaller. */
	if (c->nscreen > c->rows) {
		c->history += c->nscreen - c->rows;
		top += (uint64_t)(c->nscreen - c->rows);
		c->nscreen = c->rows;
	}
	c->screen = xcalloc((size_t)c->nscreen, sizeof *c->screen);
	for (i = 0; i < c->nscreen; i++)
		c->screen[i] = c->src.line(c->src.arg, top + (uint64_t)i);
	c->match_count = -1;
	copy_touch(c);
}

static int
clamp(int v, int low, int high)
{
	return (v < low ? low : v > high ? high : v);
}

/*
 * Read the source again.  Within an epoch lines keep their numbers, so the
 * cursor, the selection and the mark stay on theirs; a new epoch has other
 * lines, and only the distance from the end is kept.
 */
void
copy_freeze(struct copy *c)
{
	uint64_t	 was_first = c->first;
	uint32_t	 was_epoch = c->epoch;
	int		 y = copy_y(c), from_end = c->history - y, by;
	bool		 at_end = c->up == 0;

	screen_take(c);
	if (c->epoch != was_epoch || c->first < was_first) {
		select_clear(c);
		c->mark_shown = false;
		y = clamp(c->history - from_end, 0, copy_last(c));
	} else {
		by = (int)(c->first - was_first);
		y = clamp(y - by, 0, copy_last(c));
		c->sel.y = clamp(c->sel.y - by, 0, copy_last(c));
		c->end.y = clamp(c->end.y - by, 0, copy_last(c));
		c->sel_reset.y -= by;
		c->end_reset.y -= by;
		c->origin.y -= by;
		c->mark.y = clamp(c->mark.y - by, 0, copy_last(c));
	}
	c->cx = clamp(c->cx, 0, c->cols);
	c->cy = clamp(c->cy, 0, c->rows - 1);
	if (at_end) {
		c->up = 0;
		c->cy = clamp(y - c->history, 0, c->nscreen - 1);
	} else {
		copy_set_up(c, c->history + c->cy - y);
		c->cy = clamp(y - (c->history - c->up), 0, c->rows - 1);
	}
	copy_touch(c);
}

/* -- Picture -------------------------------------------------------------- */

static void
restyle(struct cell *cell, const struct cell *style)
{
	cell->fg = style->fg;
	cell->bg = style->bg;
	cell->attr = (uint16_t)((cell->attr & ~ATTR_VISIBLE) | style->attr);
}

/* Of a style only what it sets, over what is there. */
static void
overlay_style(struct cell *cell, const struct cell *style)
{
	if (style->fg != COLOUR_DEFAULT)
		cell->fg = style->fg;
	if (style->bg != COLOUR_DEFAULT)
		cell->bg = style->bg;
	cell->attr |= style->attr & ATTR_VISIBLE;
}

/* The line with the cursor, if that looks otherwise. */
static bool
line_current(struct copy *c, int y)
{
	const struct cell	*style = &c->cf.styles.line;

	return (y == copy_y(c) && (style->fg != COLOUR_DEFAULT || style->bg != COLOUR_DEFAULT ||
	    (style->attr & ATTR_VISIBLE) != 0));
}

static bool
line_plain(struct copy *c, int y)
{
	size_t	 i;

	if (line_current(c, y))
		return (false);
	if (c->mark_shown && c->mark.y == y)
		return (false);
	if (c->selected) {
		int	 low = c->sel.y < c->end.y ? c->sel.y : c->end.y;
		int	 high = c->sel.y < c->end.y ? c->end.y : c->sel.y;

		if (y >= low && y <= high)
			return (false);
	}
	for (i = 0; i < c->nmatches; i++)
		if (y >= c->matches[i].start.y && y <= c->matches[i].end.y)
			return (false);
	return (true);
}

static void
line_style(struct copy *c, struct canvas *cv, int r, int y)
{
	struct row	*row = row_own(&cv->row[r], cv->cols);
	int		 x, match;
	bool		 current = line_current(c, y);

	for (x = 0; x < cv->cols; x++) {
		struct cell	*cell = &row->cells[x];

		if (current)
			overlay_style(cell, &c->cf.styles.line);
		if (c->mark_shown && c->mark.y == y) {
			restyle(cell, &c->cf.styles.mark);
			if (x == c->mark.x)
				cell->attr ^= ATTR_REVERSE;
		}
		match = c->nmatches > 0 ? search_at(c, x, y) : 0;
		if (match != 0)
			restyle(cell, match == 2 ? &c->cf.styles.current :
			    &c->cf.styles.match);
		if (select_has(c, x, y))
			restyle(cell, &c->cf.styles.selection);
	}
	row->used = (uint16_t)cv->cols;
}

static void
position_draw(struct copy *c, struct canvas *cv)
{
	char	 text[128], *custom = NULL;
	int	 n;

	if (c->hide_position)
		return;
	if (c->cf.position != NULL)
		custom = c->cf.position(c->cf.arg, &c->mode);
	if (custom != NULL && c->cf.text.draw != NULL) {
		c->cf.text.draw(c->cf.text.arg, cv, 0, 0, c->cols,
		    &c->cf.styles.position, custom);
		free(custom);
		return;
	}
	free(custom);
	if (c->matches_shown && c->match_count >= 0)
		n = snprintf(text, sizeof text, "(%d%s results) [%d/%d]",
		    c->match_count, c->match_partial ? "+" : "", c->up,
		    c->history);
	else
		n = snprintf(text, sizeof text, "[%d/%d]", c->up,
		    c->history);
	if (n > c->cols)
		return;
	canvas_text(cv, c->cols - n, 0, n, &c->cf.styles.position, text,
	    (size_t)n);
}

static struct snap *
copy_snap(struct mode *m)
{
	struct copy	*c = copy_of(m);
	struct canvas	*cv;
	struct row	*row;
	int		 r, y;

	if (c->snap != NULL && !c->stale)
		return (snap_ref(c->snap));
	cv = canvas_new(c->cols, c->rows);
	search_show(c);
	for (r = 0; r < c->rows; r++) {
		y = c->history - c->up + r;
		row = copy_row(c, y);
		if (row == NULL)
			continue;
		if (row->cols == c->cols)
			canvas_set_row(cv, r, row);
		else
			canvas_row(cv, 0, r, row, 0, row->cols < c->cols ?
			    row->cols : c->cols);
		if (!line_plain(c, y))
			line_style(c, cv, r, y);
	}
	position_draw(c, cv);
	cv->cx = c->cx < c->cols ? c->cx : c->cols - 1;
	cv->cy = c->cy;
	snap_unref(c->snap);
	c->snap = canvas_snap(cv, c->mode.version,
	    MODE_CURSOR | MODE_APP_MODE);
	c->stale = false;
	canvas_free(cv);
	return (snap_ref(c->snap));
}

/* -- Formats -------------------------------------------------------------- */

static char *
text_of(struct copy *c, int y, int from, int to)
{
	struct buf	*b = buf_new(1 << 20);
	char		*text;

	copy_add_text(c, b, y, from, to);
	text = xstrndup(buf_len(b) == 0 ? "" : (char *)buf_data(b),
	    buf_len(b));
	buf_free(b);
	return (text);
}

/* The word under the cursor, as tmux's copy_cursor_word. */
static char *
word_of(struct copy *c)
{
	const char	*sep = c->separators;
	int		 y = copy_y(c), from = c->cx, to;
	int		 len = copy_length(c, y);

#define STOPS(x)	(copy_in_set(c, (x), y, COPY_BLANKS) || \
			 copy_in_set(c, (x), y, sep))
	if (from >= len || STOPS(from))
		return (xstrdup(""));
	for (to = from; to < len && !STOPS(to); to++)
		;
	while (from > 0 && !STOPS(from - 1))
		from--;
#undef STOPS
	return (text_of(c, y, from, to));
}

static char *
link_of(struct copy *c)
{
	struct row		*r = copy_row(c, copy_y(c));
	const struct cell_ext	*e;

	if (r == NULL || c->cx >= r->used)
		return (xstrdup(""));
	e = row_ext(r, &r->cells[c->cx]);
	return (xstrdup(e != NULL && e->link != NULL ? e->link->uri : ""));
}

static char *
number(long n)
{
	char	*text;

	xasprintf(&text, "%ld", n);
	return (text);
}

static char *
copy_format(struct mode *m, const char *name)
{
	struct copy		*c = copy_of(m);
	static const char *const units[] = { "char", "word", "line" };

	if (strcmp(name, "scroll_position") == 0 ||
	    strcmp(name, "copy_position") == 0)
		return (number(c->up));
	if (strcmp(name, "copy_position_limit") == 0)
		return (number(c->history));
	if (strcmp(name, "rectangle_toggle") == 0)
		return (number(c->rect));
	if (strcmp(name, "copy_cursor_x") == 0)
		return (number(c->cx));
	if (strcmp(name, "copy_cursor_y") == 0)
		return (number(c->cy));
	if (strcmp(name, "copy_cursor_line") == 0)
		return (text_of(c, copy_y(c), 0, copy_length(c, copy_y(c))));
	if (strcmp(name, "copy_cursor_word") == 0)
		return (word_of(c));
	if (strcmp(name, "copy_cursor_hyperlink") == 0)
		return (link_of(c));
	if (strcmp(name, "copy_line_numbers") == 0)
		return (number(c->line_numbers));
	if (strcmp(name, "refresh_active") == 0 ||
	    strcmp(name, "search_timed_out") == 0 ||
	    strcmp(name, "top_line_time") == 0)
		return (number(0));
	if (strcmp(name, "search_present") == 0)
		return (number(c->matches_shown));
	if (strcmp(name, "search_match") == 0)
		return (search_match_text(c));
	if (strcmp(name, "search_count") == 0)
		return (c->matches_shown && c->match_count >= 0 ?
		    number(c->match_count) : NULL);
	if (strcmp(name, "search_count_partial") == 0)
		return (number(c->match_partial));
	if (strcmp(name, "pane_search_string") == 0)
		return (xstrdup(c->search != NULL ? c->search : ""));
	if (strcmp(name, "selection_present") == 0)
		return (number(c->selected));
	if (strcmp(name, "selection_active") == 0)
		return (number(c->selected && c->drags != DRAGS_NONE));
	if (strcmp(name, "selection_mode") == 0)
		return (c->selected ? xstrdup(units[c->unit]) : NULL);
	if (!c->selected)
		return (NULL);
	if (strcmp(name, "selection_start_x") == 0)
		return (number(c->sel.x));
	if (strcmp(name, "selection_start_y") == 0)
		return (number(c->sel.y));
	if (strcmp(name, "selection_end_x") == 0)
		return (number(c->end.x));
	if (strcmp(name, "selection_end_y") == 0)
		return (number(c->end.y));
	return (NULL);
}

/* -- Life ----------------------------------------------------------------- */

static void
copy_free(struct mode *m)
{
	struct copy	*c = copy_of(m);

	screen_drop(c);
	if (c->src.free != NULL)
		c->src.free(c->src.arg);
	emu_free(c->emu);
	snap_unref(c->snap);
	free(c->matches);
	free(c->search);
	free(c->jump);
	free(c->separators);
	free(c);
}

static void
copy_prefix(struct mode *m, unsigned n)
{
	copy_of(m)->prefix = n;
}

static void
copy_resize(struct mode *m, int cols, int rows)
{
	struct copy	*c = copy_of(m);

	if (c->emu != NULL)
		emu_resize(c->emu, cols, rows);
	c->cols = cols;
	c->rows = rows;
	copy_freeze(c);
}

static void
copy_changed(struct mode *m)
{
	copy_freeze(copy_of(m));
}

static const char *
copy_table(struct mode *m)
{
	return (copy_of(m)->cf.vi ? "copy-mode-vi" : "copy-mode");
}

/*
 * The mouse drags a selection.  At the edge of the picture the lines move with
 * it: each further motion there scrolls by one.
 */
static void
copy_drag(struct mode *m, enum mode_drag what, int x, int y,
    struct mode_result *r)
{
	struct copy	*c = copy_of(m);
	bool		 above = y <= 0, below = y >= c->rows - 1;

	x = clamp(x, 0, c->cols - 1);
	y = clamp(y, 0, c->rows - 1);
	switch (what) {
	case MODE_DRAG_START:
		c->cx = x;
		c->cy = y;
		c->lines = LINES_NO;
		c->unit = UNIT_CHAR;
		select_start(c);
		c->dragging = true;
		break;
	case MODE_DRAG_MOVE:
		if (!c->dragging)
			return;
		if (above && c->cy == y && c->up < c->history)
			copy_set_up(c, c->up + 1);
		else if (below && c->cy == y && c->up > 0)
			copy_set_up(c, c->up - 1);
		c->cx = x;
		c->cy = y;
		select_update(c, false);
		break;
	case MODE_DRAG_END:
		c->dragging = false;
		break;
	}
	copy_touch(c);
	r->acts |= ACT_DRAW;
}

static const struct mode_ops copy_ops = {
	.name = "copy-mode",
	.free = copy_free,
	.command = copy_command,
	.prefix = copy_prefix,
	.drag = copy_drag,
	.resize = copy_resize,
	.changed = copy_changed,
	.snap = copy_snap,
	.format = copy_format,
	.table = copy_table,
};

static const struct mode_ops view_ops = {
	.name = "view-mode",
	.free = copy_free,
	.command = copy_command,
	.prefix = copy_prefix,
	.drag = copy_drag,
	.resize = copy_resize,
	.changed = copy_changed,
	.snap = copy_snap,
	.format = copy_format,
	.table = copy_table,
};

bool
mode_is_copy(struct mode *m)
{
	return (m->ops == &copy_ops || m->ops == &view_ops);
}

void
copy_configure(struct mode *m, const struct copy_config *cf)
{
	struct copy	*c = copy_of(m);

	free(c->separators);
	c->cf = *cf;
	c->separators = xstrdup(cf->separators != NULL ? cf->separators : "");
	c->cf.separators = c->separators;
	c->cf.search = NULL;
	copy_touch(c);
}

static struct copy *
copy_make(int cols, int rows, const struct copy_config *cf, unsigned flags)
{
	struct copy	*c = xcalloc(1, sizeof *c);
	int		 i;

	c->cols = cols;
	c->rows = rows;
	c->flags = flags;
	c->hide_position = (flags & COPY_HIDE_POSITION) != 0;
	c->inc_x = c->inc_y = -1;
	c->match_count = -1;
	for (i = 0; i < COPY_CACHE; i++)
		c->cache[i].y = -1;
	copy_configure(&c->mode, cf);
	if (cf->search != NULL) {
		c->search = xstrdup(cf->search);
		c->search_regex = cf->search_regex;
	}
	return (c);
}

struct mode *
copy_new(const struct line_source *src, int cols, int rows,
    const struct copy_config *cf, unsigned flags)
{
	struct copy	*c = copy_make(cols, rows, cf, flags);
	int		 x = 0, y = 0;

	c->mode.ops = &copy_ops;
	c->src = *src;
	screen_take(c);
	if (src->cursor != NULL)
		src->cursor(src->arg, &x, &y);
	y -= src->rows(src->arg) - c->nscreen;
	c->cx = clamp(x, 0, cols - 1);
	c->cy = clamp(y, 0, rows - 1);
	c->mark = (struct spot){ c->cx, copy_y(c) };
	return (&c->mode);
}

void
copy_page_up(struct mode *m, bool half)
{
	move_page_up(copy_of(m), half);
}

void
copy_page_down(struct mode *m, bool half)
{
	move_page_down(copy_of(m), half);
}

/* -- View mode ------------------------------------------------------------ */

static uint64_t
view_first(void *arg)
{
	return (emu_first_line(arg, EMU_SHOWN));
}

static uint64_t
view_top(void *arg)
{
	return (emu_top_line(arg, EMU_SHOWN));
}

static int
view_cols(void *arg)
{
	return (emu_cols(arg));
}

static int
view_rows(void *arg)
{
	return (emu_rows(arg));
}

static uint32_t
view_epoch(void *arg)
{
	return (emu_epoch(arg));
}

static struct row *
view_line(void *arg, uint64_t n)
{
	return (emu_line(arg, EMU_SHOWN, n));
}

struct mode *
view_mode_new(int cols, int rows, const struct copy_config *cf)
{
	struct copy		*c = copy_make(cols, rows, cf, 0);
	struct emu_config	 ec = { .cols = cols, .rows = rows,
				    .history_limit = VIEW_LINES_MAX,
				    .osc_max = VIEW_OSC_MAX,
				    .version = "" };

	c->mode.ops = &view_ops;
	c->view = true;
	c->emu = emu_new(&ec);
	c->src.arg = c->emu;
	c->src.first = view_first;
	c->src.top = view_top;
	c->src.cols = view_cols;
	c->src.rows = view_rows;
	c->src.epoch = view_epoch;
	c->src.line = view_line;
	screen_take(c);
	return (&c->mode);
}

/* Length of an SGR sequence, or 0. */
static size_t
sgr_length(const char *cp)
{
	size_t	 n;

	if (cp[0] != '\033' || cp[1] != '[')
		return (0);
	n = 2 + strspn(cp + 2, "0123456789;:");
	return (cp[n] == 'm' ? n + 1 : 0);
}

void
view_mode_add(struct mode *m, const char *line)
{
	struct copy	*c = copy_of(m);
	const char	*cp = line;
	size_t		 n;
	int		 from_top = c->history - c->up;

	if (c->any)
		emu_feed(c->emu, (const uint8_t *)"\r\n\033[m", 5);
	c->any = true;
	/* Colours may come through, nothing else that a terminal obeys. */
	while (*cp != '\0') {
		n = sgr_length(cp);
		if (n == 0 && ((unsigned char)*cp >= ' ' || *cp == '\t') &&
		    *cp != 0x7f)
			for (n = 1; (unsigned char)cp[n] >= ' ' &&
			    cp[n] != 0x7f; n++)
				;
		if (n == 0)
			cp++;
		else {
			emu_feed(c->emu, (const uint8_t *)cp, n);
			cp += n;
		}
	}
	/* What is looked at stays where it is. */
	screen_take(c);
	copy_set_up(c, c->history - from_top);
}
