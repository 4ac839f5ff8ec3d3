/* SPDX-License-Identifier: ISC */
/* links: view term wire base */
/* Places are drawn in order, clipped, painted; guesses and cursor on top. */

#include "view/compose.h"

#include "test-view-util.h"

static struct snap *
screen(int cols, int rows, const char *const *lines, unsigned modes)
{
	struct canvas	*cv = canvas_new(cols, rows);
	struct snap	*s;
	int		 y;

	for (y = 0; y < rows && lines[y] != NULL; y++)
		test_text(cv, 0, y, lines[y]);
	cv->cx = 1;
	cv->cy = 1;
	cv->cursor_shape = CURSOR_BAR;
	s = canvas_snap(cv, 1, modes);
	canvas_free(cv);
	return (s);
}

static const char *
line(const struct canvas *cv, int y)
{
	static char	 text[1000];

	row_text(cv->row[y], 0, cv->cols, text, sizeof text);
	return (text);
}

static const char *const full[] = { "0123456789", "abcdefghij", "ABCDEFGHIJ",
    "\344\270\255\344\270\255\344\270\255\344\270\255\344\270\255", NULL };
static const char *const small[] = { "pane", "\344\270\255x\344\270\255",
    NULL };

int
main(void)
{
	struct canvas		*cv = canvas_new(1, 1);
	struct snap		*base = screen(10, 5, full, 0);
	struct snap		*pane = screen(5, 3, small, 0);
	struct view		*v = view_new(10, 5);
	struct view_place	 pl = { .surface = 1, .w = 10, .h = 5,
				    .snap = base };
	struct compose_cell	 cells[3] = {
		{ .surface = 16, .x = 1, .y = 0, .underline = true },
		{ .surface = 16, .x = 4, .y = 0 },
		{ .surface = 16, .x = 0, .y = 2 },
	};
	struct compose_guess	 g = { .cells = cells, .ncells = 3,
				    .cursor = true, .cursor_surface = 16,
				    .cx = 2, .cy = 2 };
	const struct view_place	*hit;
	int			 x, y;

	view_add(v, &pl);
	compose(v, NULL, cv);
	is_str(line(cv, 1), "abcdefghij", "a full row");
	ok(cv->row[1] == base->row[1], "is put by reference");
	is_int(cv->cx, -1, "no focus, no cursor");

	pl = (struct view_place){ .surface = 16, .x = 3, .y = 1, .w = 6,
	    .h = 3, .flags = VIEW_PLACE_PANE, .snap = pane };
	view_add(v, &pl);
	v->focus = 16;
	compose(v, NULL, cv);
	is_str(line(cv, 0), "0123456789", "nothing above the pane");
	is_str(line(cv, 1), "abcpane  j", "the pane lies over it");
	is_str(line(cv, 3), "\344\270\255        ",
	    "half a wide character under its edge is a blank");
	ok(cv->cx == 4 && cv->cy == 2 && cv->cursor_shape == CURSOR_BAR,
	    "the cursor of the focus");
	hit = compose_hit(v, 4, 3, &x, &y);
	ok(hit != NULL && hit->surface == 16 && x == 1 && y == 2,
	    "what is under a cell");
	hit = compose_hit(v, 9, 3, &x, &y);
	ok(hit != NULL && hit->surface == 1, "beside it");
	ok(compose_hit(v, 10, 3, &x, &y) == NULL, "outside");

	cells[0].cell.ch = 'A';
	cells[1].cell.ch = 0x4e2d | CELL_WIDE;
	cells[2].cell.ch = 'B';
	compose(v, &g, cv);
	is_str(line(cv, 1), "abcpAne\344\270\255j", "guesses are drawn");
	is_int(cv->row[1]->cells[4].attr, ATTR_UL_SINGLE, "and underlined");
	is_str(line(cv, 3), "\344\270\255 B      ",
	    "on any line");
	ok(cv->cx == 5 && cv->cy == 3, "and so is the cursor");
	cells[1].x = 5;
	compose(v, &g, cv);
	is_str(line(cv, 1), "abcpAne  j",
	    "a wide guess at the edge is a blank");

	/* Guesses for both halves. */
	cells[1].x = 2;
	cells[0] = cells[1];
	cells[0].x = 3;
	cells[0].cell.ch = CELL_TAIL;
	compose(v, &g, cv);
	is_str(line(cv, 1), "abcpa\344\270\255  j",
	    "a wide guess keeps its second half");
	cells[0] = (struct compose_cell){ .surface = 16, .x = 1,
	    .underline = true, .cell.ch = 'A' };
	cells[1].x = 5;

	/* Something over the pane hides guesses and cursor. */
	pl = (struct view_place){ .surface = 2, .x = 2, .y = 0, .w = 4, .h = 5,
	    .snap = NULL };
	view_add(v, &pl);
	compose(v, &g, cv);
	is_str(line(cv, 1), "ab    e  j", "a surface that has not come is "
	    "blank, and over the guess");
	ok(cv->cx == -1, "and over the cursor");
	view_unref(v);

	/* Painted. */
	v = view_new(8, 4);
	pl = (struct view_place){ .surface = 16, .x = -1, .y = 0, .w = 7,
	    .h = 9, .ox = 1, .flags = VIEW_PLACE_DIM, .bg = colour_index(4),
	    .snap = pane };
	view_add(v, &pl);
	compose(v, NULL, cv);
	is_str(line(cv, 0), "ne      ", "cut at the left, by both offsets");
	is_str(line(cv, 1), "x\344\270\255     ", "a wide one lost there");
	ok(cv->row[3]->cells[5].bg == colour_index(4) &&
	    cv->row[3]->cells[6].bg == 0 &&
	    cv->row[0]->cells[0].bg == colour_index(4) &&
	    (cv->row[0]->cells[0].attr & ATTR_DIM),
	    "default colours are replaced, to the edge of the place");
	ok(row_check(cv->row[0]) == NULL && row_check(cv->row[1]) == NULL,
	    "rows are sound");
	view_unref(v);
	snap_unref(pane);

	pane = screen(5, 3, small, MODE_REVERSE_VIDEO);
	pane->fg = colour_index(9);
	v = test_view(16, pane, 0);
	compose(v, NULL, cv);
	ok(cv->row[0]->cells[0].attr == ATTR_REVERSE &&
	    cv->row[0]->cells[0].fg == colour_index(9) &&
	    cv->row[2]->cells[4].attr == ATTR_REVERSE, "reverse video");
	view_unref(v);
	snap_unref(pane);
	snap_unref(base);

	v = view_new(0, 0);
	compose(v, &g, cv);
	ok(cv->cols == 1 && cv->rows == 1, "an empty view is one blank");
	view_unref(v);
	canvas_free(cv);
	return (done_testing());
}
