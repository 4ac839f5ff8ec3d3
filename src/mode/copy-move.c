/* SPDX-License-Identifier: ISC */

/*
 * copy-move.c - everything that moves the cursor of copy mode.
 *
 * Motions are computed on a spot (column, line from the oldest), which knows
 * no screen, and then move_to() brings the cursor there.  Two things are odd
 * and wanted: the cursor may stand behind the last character of a line; and
 * moving up and down keeps to a column, or to the ends of lines if the cursor
 * stood at one.
 *
 * Lines that the terminal wrapped are one for words, jumps and ends of lines.
 */

#include <string.h>

#include "mode/copy-int.h"

/* -- Spots ---------------------------------------------------------------- */

/* Off the second half of a wide character. */
static void
spot_fix(struct copy *c, struct spot *s)
{
	while (s->x > 0 && copy_is_tail(c, s->x, s->y))
		s->x--;
}

static void
spot_up(struct copy *c, struct spot *s)
{
	if (s->y > 0) {
		s->y--;
		spot_fix(c, s);
	}
}

static void
spot_down(struct copy *c, struct spot *s)
{
	if (s->y < copy_last(c)) {
		s->y++;
		spot_fix(c, s);
	}
}

static void
spot_line_start(struct copy *c, struct spot *s, bool wrap)
{
	while (wrap && s->y > 0 && copy_wrapped(c, s->y - 1))
		s->y--;
	s->x = 0;
}

static void
spot_line_end(struct copy *c, struct spot *s, bool wrap, bool all)
{
	while (wrap && s->y < copy_last(c) && copy_wrapped(c, s->y))
		s->y++;
	s->x = all ? c->cols : copy_length(c, s->y);
}

static void
spot_left(struct copy *c, struct spot *s, bool wrap)
{
	spot_fix(c, s);
	if (s->x == 0 && s->y > 0 && (wrap || copy_wrapped(c, s->y - 1))) {
		spot_up(c, s);
		spot_line_end(c, s, false, false);
	} else if (s->x > 0)
		s->x--;
	spot_fix(c, s);
}

static void
spot_right(struct copy *c, struct spot *s, bool wrap, bool all)
{
	int	 len = all ? c->cols : copy_length(c, s->y);

	if (wrap && s->x >= len && s->y < copy_last(c)) {
		s->x = 0;
		spot_down(c, s);
	} else if (s->x < len) {
		s->x++;
		while (s->x < len && copy_is_tail(c, s->x, s->y))
			s->x++;
	}
}

/* Last column of a line that a word may go on from. */
static int
spot_edge(struct copy *c, int y)
{
	return (copy_wrapped(c, y) ? c->cols - 1 : copy_length(c, y));
}

/* Beyond the edge: on to the next line.  False at the very end. */
static bool
spot_wrap(struct copy *c, struct spot *s, int *edge)
{
	while (s->x > *edge) {
		if (s->y >= copy_last(c))
			return (false);
		s->x = 0;
		spot_down(c, s);
		*edge = spot_edge(c, s->y);
	}
	return (true);
}

static bool
spot_blank(struct copy *c, const struct spot *s)
{
	return (copy_in_set(c, s->x, s->y, COPY_BLANKS));
}

static bool
spot_in(struct copy *c, const struct spot *s, const char *set)
{
	return (copy_in_set(c, s->x, s->y, set));
}

/* Over the separators, or over the word, that the spot is on. */
static void
spot_skip(struct copy *c, struct spot *s, const char *separators, int *edge)
{
	bool	 in = spot_in(c, s, separators);

	do
		s->x++;
	while (spot_wrap(c, s, edge) && !spot_blank(c, s) &&
	    spot_in(c, s, separators) == in);
}

static void
spot_next_word(struct copy *c, const char *separators, struct spot *s)
{
	int	 edge = spot_edge(c, s->y);

	if (!spot_wrap(c, s, &edge))
		return;
	if (!spot_blank(c, s))
		spot_skip(c, s, separators, &edge);
	while (spot_wrap(c, s, &edge) && spot_blank(c, s))
		s->x++;
}

void
spot_next_word_end(struct copy *c, const char *separators, struct spot *s)
{
	int	 edge = spot_edge(c, s->y);

	while (spot_wrap(c, s, &edge)) {
		if (!spot_blank(c, s)) {
			spot_skip(c, s, separators, &edge);
			return;
		}
		s->x++;
	}
}

/*
 * Back to where a word begins: this one's, or with already (or on a blank) the
 * one before.  With emacs keys the end of a line with blanks stops it.
 */
void
spot_previous_word(struct copy *c, const char *separators, bool already,
    struct spot *s)
{
	struct spot	 was, before;
	bool		 letters;

	if (already || spot_blank(c, s)) {
		for (;;) {
			if (s->x > 0) {
				s->x--;
				if (!spot_blank(c, s)) {
					letters = !spot_in(c, s, separators);
					break;
				}
				continue;
			}
			if (s->y == 0)
				return;
			spot_up(c, s);
			spot_line_end(c, s, false, false);
			if (!c->cf.vi && s->x > 0) {
				before = *s;
				before.x--;
				if (spot_blank(c, &before)) {
					letters = false;
					break;
				}
			}
		}
	} else
		letters = !spot_in(c, s, separators);

	do {
		was = *s;
		if (s->x == 0) {
			if (s->y == 0 || !copy_wrapped(c, s->y - 1))
				break;
			spot_up(c, s);
			spot_line_end(c, s, false, true);
		}
		if (s->x > 0)
			s->x--;
	} while (!spot_blank(c, s) && letters != spot_in(c, s, separators));
	*s = was;
}

/* -- The cursor ----------------------------------------------------------- */

static struct spot
cursor(const struct copy *c)
{
	return ((struct spot){ c->cx, copy_y(c) });
}

static bool
column_free(const struct copy *c)
{
	return (!c->selected || !c->rect);
}

/* Remember the column that up and down want to be in. */
static void
column_note(struct copy *c)
{
	int	 len = copy_length(c, copy_y(c));

	if (c->cx != len) {
		c->last_cx = c->cx;
		c->last_len = len;
	}
}

/* At the end of a longer line before, or beyond this one's: its end. */
static bool
column_past(struct copy *c)
{
	int	 len = copy_length(c, copy_y(c));

	return ((c->cx >= c->last_len && c->cx != len) || c->cx > len);
}

/* A selection of lines goes from edge to edge. */
static void
column_of_lines(struct copy *c)
{
	if (c->lines == LINES_FORWARD)
		c->cx = c->rect ? c->cols : copy_length(c, copy_y(c));
	else if (c->lines == LINES_BACKWARD)
		c->cx = 0;
	else
		return;
	select_update(c, false);
}

static void
move_vertical(struct copy *c, bool down, bool scroll)
{
	bool	 free_column = column_free(c);

	if (free_column)
		column_note(c);
	if (c->lines == (down ? LINES_BACKWARD : LINES_FORWARD) &&
	    copy_y(c) == (down ? c->end.y : c->sel.y))
		select_other_end(c);
	if (free_column)
		c->cx = c->last_cx;
	if (scroll || c->cy == (down ? c->rows - 1 : 0))
		copy_set_up(c, c->up + (down ? -1 : 1));
	else
		c->cy += down ? 1 : -1;
	select_update(c, false);
	if (free_column && column_past(c)) {
		c->cx = copy_length(c, copy_y(c));
		select_update(c, false);
	}
	column_of_lines(c);
	copy_touch(c);
}

void
move_up(struct copy *c, bool scroll)
{
	move_vertical(c, false, scroll);
}

void
move_down(struct copy *c, bool scroll)
{
	move_vertical(c, true, scroll);
}

/* Scrolling goes line by line, as if by hand: so the column is remembered. */
static void
move_to_keep(struct copy *c, int x, int y, bool keep)
{
	int	 first = c->history - c->up, n;

	if (y < first) {
		for (n = first - y; n > 0; n--)
			move_vertical(c, false, true);
		c->cy = 0;
	} else if (y > first + c->rows - 1) {
		for (n = y - first - c->rows + 1; n > 0; n--)
			move_vertical(c, true, true);
		c->cy = c->rows - 1;
	} else
		c->cy = y - first;
	c->cx = x;
	select_update(c, keep);
	copy_touch(c);
}

void
move_to(struct copy *c, int x, int y)
{
	move_to_keep(c, x, y, false);
}

void
move_jump(struct copy *c, int x, int y)
{
	int	 first = c->history - c->up, gap = c->rows / 4, top;

	c->cx = x;
	if (y >= first && y < first + c->rows)
		c->cy = y - first;
	else {
		if (y < c->rows)
			top = 0;
		else if (y > c->history + c->rows - gap)
			top = c->history;
		else
			top = y + gap - c->rows;
		if (top > c->history)
			top = c->history;
		if (top < 0)
			top = 0;
		c->cy = y - top;
		copy_set_up(c, c->history - top);
	}
	select_update(c, false);
	copy_touch(c);
}

void
move_left(struct copy *c)
{
	struct spot	 s = cursor(c);

	spot_left(c, &s, true);
	move_to(c, s.x, s.y);
}

void
move_right(struct copy *c)
{
	struct spot	 s = cursor(c);

	spot_right(c, &s, true, !column_free(c));
	move_to(c, s.x, s.y);
}

void
move_line_start(struct copy *c)
{
	struct spot	 s = cursor(c);

	spot_line_start(c, &s, true);
	move_to(c, s.x, s.y);
}

void
move_line_end(struct copy *c)
{
	struct spot	 s = cursor(c);

	spot_line_end(c, &s, true, !column_free(c));
	move_to(c, s.x, s.y);
}

void
move_indentation(struct copy *c)
{
	struct spot	 s = cursor(c);

	spot_line_start(c, &s, true);
	for (;; s.y++) {
		int	 len = copy_length(c, s.y);

		for (s.x = 0; s.x < len; s.x++) {
			if (!spot_in(c, &s, " ")) {
				move_to(c, s.x, s.y);
				return;
			}
		}
		if (s.y >= copy_last(c) || !copy_wrapped(c, s.y))
			return;
	}
}

void
move_next_word(struct copy *c, const char *separators)
{
	struct spot	 s = cursor(c);

	spot_next_word(c, separators, &s);
	move_to(c, s.x, s.y);
}

/* With vi keys onto the last character, else behind it. */
void
move_next_word_end(struct copy *c, const char *separators, bool keep)
{
	struct spot	 s = cursor(c);

	if (c->cf.vi) {
		if (!spot_blank(c, &s))
			spot_right(c, &s, false, false);
		spot_next_word_end(c, separators, &s);
		spot_left(c, &s, true);
	} else
		spot_next_word_end(c, separators, &s);
	move_to_keep(c, s.x, s.y, keep);
}

void
move_previous_word(struct copy *c, const char *separators, bool already)
{
	struct spot	 s = cursor(c);

	spot_previous_word(c, separators, already, &s);
	move_to(c, s.x, s.y);
}

/* -- Pages ---------------------------------------------------------------- */

static int
page_lines(const struct copy *c, bool half)
{
	if (c->rows <= 2)
		return (1);
	return (half ? c->rows / 2 : c->rows - 2);
}

static void
page_settle(struct copy *c)
{
	if (column_free(c) && column_past(c))
		move_line_end(c);
	select_update(c, false);
	copy_touch(c);
}

void
move_page_up(struct copy *c, bool half)
{
	int	 n = page_lines(c, half);

	column_note(c);
	c->cx = c->last_cx;
	if (c->up + n > c->history) {
		copy_set_up(c, c->history);
		c->cy = c->cy < n ? 0 : c->cy - n;
	} else
		copy_set_up(c, c->up + n);
	page_settle(c);
}

bool
move_page_down(struct copy *c, bool half)
{
	int	 n = page_lines(c, half);

	column_note(c);
	c->cx = c->last_cx;
	if (c->up < n) {
		c->cy += n;
		if (c->cy >= c->rows)
			c->cy = c->rows - 1;
		copy_set_up(c, 0);
	} else
		copy_set_up(c, c->up - n);
	page_settle(c);
	return (c->up == 0);
}

void
move_paragraph(struct copy *c, bool down)
{
	int	 y = copy_y(c), step = down ? 1 : -1;
	int	 end = down ? copy_last(c) : 0;

	while (y != end && copy_length(c, y) == 0)
		y += step;
	while (y != end && copy_length(c, y) > 0)
		y += step;
	move_jump(c, down ? copy_length(c, y) : 0, y);
}

void
move_history(struct copy *c, bool bottom)
{
	if (c->lines == (bottom ? LINES_BACKWARD : LINES_FORWARD) &&
	    copy_y(c) == c->end.y)
		select_other_end(c);
	if (bottom) {
		c->cy = c->rows - 1;
		copy_set_up(c, 0);
		c->cx = copy_length(c, copy_y(c));
	} else {
		c->cx = c->cy = 0;
		copy_set_up(c, c->history);
	}
	select_update(c, false);
	copy_touch(c);
}

void
move_row(struct copy *c, int row)
{
	c->cx = 0;
	c->cy = row;
	select_update(c, false);
	copy_touch(c);
}

void
move_scroll_to_row(struct copy *c, int row)
{
	int	 by = c->cy - row;

	if (by > 0 && c->up < by)
		return;
	if (by < 0 && c->history - c->up < -by)
		return;
	copy_set_up(c, c->up - by);
	c->cy = row;
	select_update(c, false);
	copy_touch(c);
}

void
move_prompt(struct copy *c, bool down, bool output)
{
	struct row	*r;
	int		 y = copy_y(c), end = down ? copy_last(c) : 0;

	do {
		if (y == end)
			return;
		y += down ? 1 : -1;
		r = copy_row(c, y);
	} while (r == NULL || !(r->flags & (output ? ROW_OUTPUT :
	    ROW_PROMPT)));
	c->cx = 0;
	if (y > c->history) {
		c->cy = y - c->history;
		copy_set_up(c, 0);
	} else {
		c->cy = 0;
		copy_set_up(c, c->history - y);
	}
	select_update(c, false);
	copy_touch(c);
}

/* -- Brackets ------------------------------------------------------------- */

static const char	open_set[] = "{[(", close_set[] = "}])";

/* Which of a set the cell is, or -1. */
static int
bracket_at(struct copy *c, const struct spot *s, const char *set)
{
	const struct cell	*cell;
	const char		*cp;
	bool			 tail;

	cell = copy_cell(c, s->x, s->y, &tail);
	if (cell == NULL || tail || cell_cp(cell) == 0 ||
	    cell_cp(cell) > 0x7f)
		return (-1);
	cp = strchr(set, (int)cell_cp(cell));
	return (cp != NULL && *cp != '\0' ? (int)(cp - set) : -1);
}

static bool
bracket_step(struct copy *c, struct spot *s, bool down)
{
	if (down) {
		if (s->x > copy_length(c, s->y)) {
			if (s->y == copy_last(c))
				return (false);
			s->x = 0;
			s->y++;
		} else
			s->x++;
		return (true);
	}
	if (s->x > 0) {
		s->x--;
		return (true);
	}
	do {
		if (s->y == 0)
			return (false);
		s->y--;
	} while (copy_length(c, s->y) == 0);
	s->x = copy_length(c, s->y) - 1;
	return (true);
}

/* From a bracket to its partner; false if there is none. */
static bool
bracket_partner(struct copy *c, struct spot *s, int kind, bool down)
{
	const char	*mine = down ? open_set : close_set;
	const char	*other = down ? close_set : open_set;
	int		 depth = 1;

	while (depth > 0) {
		if (!bracket_step(c, s, down))
			return (false);
		if (bracket_at(c, s, mine) == kind)
			depth++;
		else if (bracket_at(c, s, other) == kind)
			depth--;
	}
	return (true);
}

void
move_previous_bracket(struct copy *c)
{
	struct spot	 s = cursor(c);
	int		 kind;

	if (copy_length(c, s.y) == 0)
		return;
	kind = bracket_at(c, &s, close_set);
	if (kind == -1 && !c->cf.vi && s.x > 0) {
		s.x--;
		kind = bracket_at(c, &s, close_set);
	}
	if (kind == -1) {
		if (!c->cf.vi)
			move_previous_word(c, close_set, true);
		return;
	}
	if (bracket_partner(c, &s, kind, false))
		move_jump(c, s.x, s.y);
}

/* vi: the first bracket of either kind from here on decides. */
static void
next_bracket_vi(struct copy *c)
{
	struct spot	 s = cursor(c), was = s;
	int		 kind;

	for (;;) {
		kind = bracket_at(c, &s, close_set);
		if (kind != -1) {
			if (bracket_partner(c, &s, kind, false))
				move_jump(c, s.x, s.y);
			else
				move_jump(c, was.x, was.y);
			return;
		}
		kind = bracket_at(c, &s, open_set);
		if (kind != -1)
			break;
		if (s.x > copy_length(c, s.y)) {
			if (s.y == copy_last(c) || !copy_wrapped(c, s.y))
				return;
			s.x = 0;
			s.y++;
		} else
			s.x++;
	}
	if (bracket_partner(c, &s, kind, true))
		move_jump(c, s.x, s.y);
}

void
move_next_bracket(struct copy *c)
{
	struct spot	 s = cursor(c);
	int		 kind;

	if (copy_length(c, s.y) == 0)
		return;
	if (c->cf.vi) {
		next_bracket_vi(c);
		return;
	}
	kind = bracket_at(c, &s, open_set);
	if (kind == -1 && s.x <= copy_length(c, s.y)) {
		s.x++;
		kind = bracket_at(c, &s, open_set);
	}
	if (kind == -1)
		move_next_word_end(c, open_set, false);
	else if (bracket_partner(c, &s, kind, true))
		move_jump(c, s.x, s.y);
}

/* -- Jumps to a character ------------------------------------------------- */

static bool
find_forward(struct copy *c, struct spot *s, const char *what)
{
	for (;; s->y++, s->x = 0) {
		int	 len = copy_length(c, s->y);

		for (; s->x < len; s->x++)
			if (copy_is_char(c, s->x, s->y, what))
				return (true);
		if (s->y >= copy_last(c) || !copy_wrapped(c, s->y))
			return (false);
	}
}

static bool
find_backward(struct copy *c, struct spot *s, const char *what)
{
	for (;;) {
		for (; s->x >= 0; s->x--)
			if (copy_is_char(c, s->x, s->y, what))
				return (true);
		if (s->y == 0 || !copy_wrapped(c, s->y - 1))
			return (false);
		s->y--;
		s->x = copy_length(c, s->y) - 1;
	}
}

void
move_char(struct copy *c, enum copy_jump type, const char *what)
{
	struct spot	 s = cursor(c);
	bool		 found = false;

	switch (type) {
	case JUMP_FORWARD:
		s.x++;
		found = find_forward(c, &s, what);
		break;
	case JUMP_TO_FORWARD:
		s.x += 2;
		found = find_forward(c, &s, what);
		if (found)
			spot_left(c, &s, true);
		break;
	case JUMP_BACKWARD:
		spot_left(c, &s, false);
		found = find_backward(c, &s, what);
		break;
	case JUMP_TO_BACKWARD:
		spot_left(c, &s, false);
		spot_left(c, &s, false);
		found = find_backward(c, &s, what);
		if (found)
			spot_right(c, &s, true, false);
		break;
	case JUMP_NONE:
		break;
	}
	if (found)
		move_to(c, s.x, s.y);
}
