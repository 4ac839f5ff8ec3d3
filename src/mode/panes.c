/* SPDX-License-Identifier: ISC */

/*
 * panes.c - display-panes: the numbers of the panes, large.
 *
 * What the panes show stays visible: their rows are drawn first, as they were
 * when this began.  Panes from 10 on have a letter too, for there is only one
 * key.
 */

#include "mode/panes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xmalloc.h"
#include "mode/clock.h"

#define GLYPH_STEP	(DIGIT_COLS + 1)

struct panes {
	struct mode		 mode;		/* first */
	struct panes_config	 cf;
	int			 *numbers;
	int			 count;
	struct snap		*snap;
};

static struct panes *
panes_of(struct mode *m)
{
	return ((struct panes *)(void *)m);
}

static void
panes_free(struct mode *m)
{
	struct panes	*ps = panes_of(m);

	snap_unref(ps->snap);
	free(ps->numbers);
	free(ps);
}

static void
panes_leave(int index, struct mode_result *r)
{
	r->acts |= ACT_CHOOSE | ACT_LEAVE;
	r->index = index;
}

static void
panes_key(struct mode *m, const struct key_event *ev, int x, int y,
    struct mode_result *r)
{
	struct panes	*ps = panes_of(m);
	key_code	 key = ev->code & (KEY_MASK | KEY_MODIFIERS);
	int		 number = -1, i;

	(void)x;
	(void)y;
	if (ev->action == 2)
		return;
	if (ps->cf.no_keys) {
		r->acts |= ACT_FORWARD;
		return;
	}
	if (key == KEY_MOUSE)
		return;
	if (key >= '0' && key <= '9')
		number = (int)(key - '0');
	else if (key >= KEY_KP_0 && key <= KEY_KP_9)
		number = (int)(key - KEY_KP_0);
	else if (key >= 'a' && key <= 'z')
		number = 10 + (int)(key - 'a');
	for (i = 0; number != -1 && i < ps->count; i++) {
		if (ps->numbers[i] == number) {
			panes_leave(i, r);
			return;
		}
	}
	panes_leave(-1, r);
	if (number == -1)
		r->acts |= ACT_FORWARD;
}

static struct snap *
panes_snap(struct mode *m)
{
	return (snap_ref(panes_of(m)->snap));
}

static usec_t
panes_deadline(struct mode *m)
{
	return (panes_of(m)->cf.until);
}

static void
panes_tick(struct mode *m, usec_t now, struct mode_result *r)
{
	if (now >= panes_of(m)->cf.until)
		panes_leave(-1, r);
}

static const struct mode_ops panes_ops = {
	.name = "panes-mode",
	.free = panes_free,
	.key = panes_key,
	.snap = panes_snap,
	.deadline = panes_deadline,
	.tick = panes_tick,
};

/* Rows of what is below, at a place of the canvas. */
static void
below_draw(struct canvas *cv, int x, int y, int w, int h, int sx, int sy,
    const struct snap *snap)
{
	int	 i, n;

	for (i = 0; i < h && sy + i < snap->rows; i++) {
		n = snap->cols - sx;
		canvas_row(cv, x, y + i, snap->row[sy + i], sx,
		    n < w ? n : w);
	}
}

/* Only borders are on the canvas yet. */
static void
border_style(struct canvas *cv, const struct cell *style)
{
	struct row	*row;
	struct cell	*cell;
	int		 x, y;

	if (style->fg == COLOUR_DEFAULT && style->bg == COLOUR_DEFAULT)
		return;
	for (y = 0; y < cv->rows; y++) {
		row = row_own(&cv->row[y], cv->cols);
		row->used = (uint16_t)cv->cols;
		for (x = 0; x < cv->cols; x++) {
			cell = &row->cells[x];
			if (style->fg != COLOUR_DEFAULT)
				cell->fg = style->fg;
			if (style->bg != COLOUR_DEFAULT)
				cell->bg = style->bg;
		}
	}
}

static void
number_draw(struct canvas *cv, const struct panes_config *cf,
    const struct panes_item *it)
{
	uint32_t	 colour = it->active ? cf->active_colour : cf->colour;
	struct cell	 plain = { .fg = colour };
	char		 text[16], letter[2] = "";
	int		 n, i, x, y;

	n = snprintf(text, sizeof text, "%d", it->number);
	x = it->x + it->w / 2;
	y = it->y + it->h / 2;
	if (it->number >= 10 && it->number < 36)
		letter[0] = (char)('a' + it->number - 10);
	if (it->w < n * GLYPH_STEP || it->h < DIGIT_ROWS) {
		canvas_text(cv, x - n / 2, y, n, &plain, text, (size_t)n);
		return;
	}
	x -= n * GLYPH_STEP / 2;
	for (i = 0; i < n; i++)
		digit_draw(cv, x + i * GLYPH_STEP, y - 2, text[i], colour);
	if (letter[0] != '\0' && it->h > DIGIT_ROWS + 1)
		canvas_text(cv, it->x + it->w / 2, y + 3, 1, &plain, letter,
		    1);
	if (it->text == NULL || it->h <= DIGIT_ROWS + 1)
		return;
	if (cf->text.draw != NULL && strchr(it->text, '#') != NULL) {
		cf->text.draw(cf->text.arg, cv, it->x, it->y, it->w, &plain,
		    it->text);
		return;
	}
	n = text_width(it->text, strlen(it->text));
	if (n <= it->w)
		canvas_text(cv, it->x + it->w - n, it->y, n, &plain, it->text,
		    strlen(it->text));
}

struct mode *
panes_new(int cols, int rows, const struct panes_config *cf,
    const struct panes_item *items, int count)
{
	struct panes	*ps = xcalloc(1, sizeof *ps);
	struct canvas	*cv = canvas_new(cols, rows);
	int		 i;

	ps->mode.ops = &panes_ops;
	ps->mode.version = 1;
	ps->cf = *cf;
	ps->cf.below = NULL;
	ps->count = count;
	ps->numbers = xcalloc((size_t)count + 1, sizeof *ps->numbers);
	if (cf->below != NULL)
		below_draw(cv, 0, 0, cols, rows, cf->below_x, cf->below_y,
		    cf->below);
	border_style(cv, &cf->border);
	for (i = 0; i < count; i++) {
		ps->numbers[i] = items[i].number;
		if (items[i].snap != NULL)
			below_draw(cv, items[i].x, items[i].y, items[i].w,
			    items[i].h, 0, 0, items[i].snap);
		number_draw(cv, cf, &items[i]);
	}
	ps->snap = canvas_snap(cv, 1, MODE_APP_MODE);
	canvas_free(cv);
	return (&ps->mode);
}
