/* SPDX-License-Identifier: ISC */

/* box.c - a frame with a title, for menus and popups. */

#include "mode/box.h"

#include <string.h>

/* Corners from the top left around, then horizontal and vertical. */
static const uint32_t	lines_of[][6] = {
	[BOX_SINGLE] = { 0x250c, 0x2510, 0x2518, 0x2514, 0x2500, 0x2502 },
	[BOX_DOUBLE] = { 0x2554, 0x2557, 0x255d, 0x255a, 0x2550, 0x2551 },
	[BOX_HEAVY] = { 0x250f, 0x2513, 0x251b, 0x2517, 0x2501, 0x2503 },
	[BOX_SIMPLE] = { '+', '+', '+', '+', '-', '|' },
	[BOX_ROUNDED] = { 0x256d, 0x256e, 0x256f, 0x2570, 0x2500, 0x2502 },
	[BOX_PADDED] = { ' ', ' ', ' ', ' ', ' ', ' ' },
};

void
box_draw(struct canvas *cv, int x, int y, int w, int h, enum box_lines lines,
    const struct cell *style, const char *title, const struct mode_text *text)
{
	const uint32_t	*l;
	struct cell	 c = *style;
	int		 i, room = w - 2, n;

	if (lines >= BOX_NONE || w < 2 || h < 2)
		return;
	l = lines_of[lines];
	c.ch = l[4];
	for (i = 1; i < w - 1; i++) {
		canvas_put(cv, x + i, y, &c, NULL);
		canvas_put(cv, x + i, y + h - 1, &c, NULL);
	}
	c.ch = l[5];
	for (i = 1; i < h - 1; i++) {
		canvas_put(cv, x, y + i, &c, NULL);
		canvas_put(cv, x + w - 1, y + i, &c, NULL);
	}
	c.ch = l[0];
	canvas_put(cv, x, y, &c, NULL);
	c.ch = l[1];
	canvas_put(cv, x + w - 1, y, &c, NULL);
	c.ch = l[2];
	canvas_put(cv, x + w - 1, y + h - 1, &c, NULL);
	c.ch = l[3];
	canvas_put(cv, x, y + h - 1, &c, NULL);

	if (title == NULL || *title == '\0' || room < 1)
		return;
	if (text != NULL && text->draw != NULL) {
		text->draw(text->arg, cv, x + 1, y, room, style, title);
		return;
	}
	n = text_width(title, strlen(title));
	canvas_text(cv, x + 1, y, n < room ? n : room, style, title,
	    strlen(title));
}
