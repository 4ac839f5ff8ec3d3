/* SPDX-License-Identifier: ISC */

/*
 * copy-select.c - the selection of copy mode, and the text in it.
 *
 * `sel` and `end` are the two ends as they were made; the cursor drags one of
 * them (c->drags) or none.  Characters, words or whole lines: with words and
 * lines the dragged end is rounded outwards, and the other end set back to
 * what was selected first, so that this always stays inside.
 *
 * With emacs keys the cursor stands between characters: what is under it at
 * the end is not selected.  With vi keys it stands on one, which is.
 */

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "base/xmalloc.h"
#include "mode/copy-int.h"

void
select_start(struct copy *c)
{
	c->sel.x = c->cx;
	c->sel.y = copy_y(c);
	c->end = c->sel;
	c->drags = DRAGS_END;
	c->selected = true;
	copy_touch(c);
}

void
select_clear(struct copy *c)
{
	int	 len;

	c->selected = false;
	c->drags = DRAGS_NONE;
	c->lines = LINES_NO;
	c->unit = UNIT_CHAR;
	len = copy_length(c, copy_y(c));
	if (c->cx > len)
		c->cx = len;
	copy_touch(c);
}

void
select_stop(struct copy *c)
{
	c->drags = DRAGS_NONE;
	c->lines = LINES_NO;
	c->unit = UNIT_CHAR;
}

/* Round the dragged end to a word; true if it is the start that moved. */
static bool
round_word(struct copy *c, struct spot *s)
{
	if (c->origin.y > s->y ||
	    (c->origin.y == s->y && c->origin.x > s->x)) {
		spot_previous_word(c, c->separators, false, s);
		c->end = c->end_reset;
		return (true);
	}
	if (s->x >= copy_length(c, s->y) ||
	    !copy_in_set(c, s->x + 1, s->y, COPY_BLANKS)) {
		if (c->cf.vi && !copy_in_set(c, s->x, s->y, COPY_BLANKS) &&
		    s->x < copy_length(c, s->y))
			s->x++;
		spot_next_word_end(c, c->separators, s);
		if (c->cf.vi && s->x > 0)
			s->x--;
	}
	c->sel = c->sel_reset;
	return (false);
}

static bool
round_line(struct copy *c, struct spot *s)
{
	if (c->origin.y > s->y) {
		s->x = 0;
		c->end = c->end_reset;
		return (true);
	}
	if (s->y < c->end_reset.y)
		s->y = c->end_reset.y;
	s->x = copy_length(c, s->y);
	c->sel = c->sel_reset;
	return (false);
}

void
select_update(struct copy *c, bool keep)
{
	struct spot	 s = { c->cx, copy_y(c) };
	bool		 start = c->drags == DRAGS_START;

	if (!c->selected || c->drags == DRAGS_NONE)
		return;
	if (!keep && c->unit == UNIT_WORD)
		start = round_word(c, &s);
	else if (!keep && c->unit == UNIT_LINE)
		start = round_line(c, &s);
	if (start)
		c->sel = s;
	else
		c->end = s;
	copy_touch(c);
}

void
select_other_end(struct copy *c)
{
	struct spot	 s;
	int		 first = c->history - c->up;

	if (!c->selected && c->lines == LINES_NO)
		return;
	if (c->lines == LINES_FORWARD)
		c->lines = LINES_BACKWARD;
	else if (c->lines == LINES_BACKWARD)
		c->lines = LINES_FORWARD;
	c->drags = c->drags == DRAGS_END ? DRAGS_START : DRAGS_END;
	s = c->drags == DRAGS_START ? c->sel : c->end;
	c->cx = s.x;
	if (s.y < first) {
		copy_set_up(c, c->history - s.y);
		c->cy = 0;
	} else if (s.y > first + c->rows - 1) {
		copy_set_up(c, c->history - s.y + c->rows - 1);
		c->cy = c->rows - 1;
	} else
		c->cy = s.y - first;
	select_update(c, true);
	copy_touch(c);
}

void
select_line(struct copy *c, unsigned n)
{
	c->lines = LINES_NO;
	c->rect = false;
	c->selected = false;
	c->origin = (struct spot){ c->cx, copy_y(c) };
	move_line_start(c);
	c->lines = LINES_FORWARD;
	c->unit = UNIT_LINE;
	c->sel_reset = (struct spot){ c->cx, copy_y(c) };
	c->end_reset.y = c->sel_reset.y;
	select_start(c);
	move_line_end(c);
	c->end_reset.y = copy_y(c);
	c->end_reset.x = copy_length(c, c->end_reset.y);
	for (; n > 1; n--) {
		move_down(c, false);
		move_line_end(c);
	}
}

void
select_word(struct copy *c)
{
	struct spot	 next;

	c->lines = LINES_NO;
	c->rect = false;
	c->selected = false;
	c->origin = (struct spot){ c->cx, copy_y(c) };
	move_previous_word(c, c->separators, false);
	c->lines = LINES_FORWARD;
	c->unit = UNIT_WORD;
	c->sel_reset = (struct spot){ c->cx, copy_y(c) };
	select_start(c);

	/* A word of one character ends where it begins. */
	next = (struct spot){ c->cx + 1, c->sel_reset.y };
	if (copy_wrapped(c, next.y) && next.x > c->cols - 1) {
		next.x = 0;
		next.y++;
	}
	if (c->cx >= copy_length(c, c->sel_reset.y) ||
	    !copy_in_set(c, next.x, next.y, COPY_BLANKS))
		move_next_word_end(c, c->separators, true);
	else
		select_update(c, true);
	c->end_reset = (struct spot){ c->cx, copy_y(c) };
	if (c->origin.y > c->end_reset.y)
		c->origin = c->end_reset;
	else if (c->origin.x > c->end_reset.x)
		c->origin.x = c->end_reset.x;
}

void
select_rect(struct copy *c, bool on)
{
	int	 len = copy_length(c, copy_y(c));

	c->lines = LINES_NO;
	c->rect = on;
	if (c->cx > len)
		c->cx = len;
	select_update(c, false);
	copy_touch(c);
}

/* -- What is in it -------------------------------------------------------- */

/* The two ends in reading order. */
static void
ends_sorted(const struct copy *c, struct spot *from, struct spot *to)
{
	bool	 swap = c->end.y < c->sel.y ||
		    (c->end.y == c->sel.y && c->end.x < c->sel.x);

	*from = swap ? c->end : c->sel;
	*to = swap ? c->sel : c->end;
}

bool
select_has(const struct copy *c, int x, int y)
{
	struct spot	 from, to;
	int		 low, high;

	if (!c->selected)
		return (false);
	ends_sorted(c, &from, &to);
	if (y < from.y || y > to.y)
		return (false);
	if (c->rect) {
		low = from.x < to.x ? from.x : to.x;
		high = from.x < to.x ? to.x : from.x;
		/* The cursor's column counts unless it is on the right. */
		if (!c->cf.vi && high > low &&
		    high == (c->drags == DRAGS_START ? c->sel.x : c->end.x))
			high--;
		return (x >= low && x <= high);
	}
	if (y == from.y && x < from.x)
		return (false);
	if (y == to.y && x > (c->cf.vi ? to.x : to.x - 1))
		return (false);
	return (true);
}

void
copy_add_text(struct copy *c, struct buf *b, int y, int from, int to)
{
	struct row		*r = copy_row(c, y);
	const struct cell	*cell;
	const struct cell_ext	*e;
	char			 utf8[4];
	int			 x, i;

	for (x = from; x < to; x++) {
		if (r == NULL || x >= r->used || cell_cp(&r->cells[x]) == 0) {
			if (r != NULL && x < r->used &&
			    (r->cells[x].ch & CELL_TAIL))
				continue;
			buf_addc(b, ' ');
			continue;
		}
		cell = &r->cells[x];
		if (cell->ch & CELL_TAIL)
			continue;
		buf_add(b, utf8, utf8_encode(cell_cp(cell), utf8));
		if (!(cell->ch & CELL_CLUSTER) ||
		    (e = row_ext(r, cell)) == NULL)
			continue;
		for (i = 0; i < e->more; i++)
			buf_add(b, utf8, utf8_encode(e->cps[i], utf8));
	}
}

/* One line of it, with a newline unless the line goes on in the next. */
static void
line_add(struct copy *c, struct buf *b, int y, int from, int to)
{
	struct row	*r = copy_row(c, y);
	bool		 wrapped = copy_wrapped(c, y);
	int		 len;

	if (from > to)
		return;
	/* A wrapped line keeps the blanks at its end. */
	len = wrapped && r != NULL ? r->used : copy_length(c, y);
	if (to > len)
		to = len;
	if (from > len)
		from = len;
	copy_add_text(c, b, y, from, to);
	if (!wrapped || to != len)
		buf_addc(b, '\n');
}

char *
select_text(struct copy *c, size_t *lenp)
{
	struct buf	*b;
	struct spot	 from, to;
	char		*text;
	size_t		 len;
	int		 y, last_len, first_x, rest_x, rest_to, last_to, side;

	if (!c->selected && c->lines == LINES_NO)
		return (NULL);
	ends_sorted(c, &from, &to);
	last_len = copy_length(c, to.y);
	if (to.x > last_len)
		to.x = last_len;
	if (c->rect) {
		side = c->drags == DRAGS_END ? c->sel.x : c->end.x;
		if (side < c->cx) {
			first_x = rest_x = side;
			last_to = rest_to = c->cf.vi ? c->cx + 1 : c->cx;
		} else {
			first_x = rest_x = c->cx;
			last_to = rest_to = side + 1;
		}
	} else {
		first_x = from.x;
		rest_x = 0;
		rest_to = c->cols;
		last_to = c->cf.vi ? to.x + 1 : to.x;
	}

	b = buf_new(COPY_TEXT_MAX);
	for (y = from.y; y <= to.y; y++)
		line_add(c, b, y, y == from.y ? first_x : rest_x,
		    y == to.y ? last_to : rest_to);
	len = buf_len(b);
	/* The last newline only if vi's cursor stands on it. */
	if (len > 0 && (!c->cf.vi || last_to <= last_len) &&
	    (!copy_wrapped(c, to.y) || last_to != last_len))
		len--;
	text = NULL;
	if (len > 0) {
		text = xmemdup(buf_data(b), len);
		*lenp = len;
	}
	buf_free(b);
	return (text);
}
