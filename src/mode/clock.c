/* SPDX-License-Identifier: ISC */

/* clock.c - clock mode: the time of day in large digits; and that font. */

#include "mode/clock.h"

#include <stdlib.h>
#include <string.h>

#include "base/xmalloc.h"

#define GLYPH_STEP	(DIGIT_COLS + 1)

/* Five rows of five columns, the leftmost in bit 4. */
static const struct {
	char	 c;
	uint8_t	 rows[DIGIT_ROWS];
} glyphs[] = {
	{ '0', { 0x1f, 0x11, 0x11, 0x11, 0x1f } },
	{ '1', { 0x01, 0x01, 0x01, 0x01, 0x01 } },
	{ '2', { 0x1f, 0x01, 0x1f, 0x10, 0x1f } },
	{ '3', { 0x1f, 0x01, 0x1f, 0x01, 0x1f } },
	{ '4', { 0x11, 0x11, 0x1f, 0x01, 0x01 } },
	{ '5', { 0x1f, 0x10, 0x1f, 0x01, 0x1f } },
	{ '6', { 0x1f, 0x10, 0x1f, 0x11, 0x1f } },
	{ '7', { 0x1f, 0x01, 0x01, 0x01, 0x01 } },
	{ '8', { 0x1f, 0x11, 0x1f, 0x11, 0x1f } },
	{ '9', { 0x1f, 0x11, 0x1f, 0x01, 0x1f } },
	{ ':', { 0x00, 0x04, 0x00, 0x04, 0x00 } },
	{ 'A', { 0x1f, 0x11, 0x1f, 0x11, 0x11 } },
	{ 'P', { 0x1f, 0x11, 0x1f, 0x10, 0x10 } },
	{ 'M', { 0x11, 0x1b, 0x15, 0x11, 0x11 } },
};

void
digit_draw(struct canvas *cv, int x, int y, char which, uint32_t colour)
{
	struct cell	 c = { .ch = ' ', .bg = colour };
	size_t		 i;
	int		 row, col;

	for (i = 0; i < sizeof glyphs / sizeof glyphs[0]; i++)
		if (glyphs[i].c == which)
			break;
	if (i == sizeof glyphs / sizeof glyphs[0])
		return;
	for (row = 0; row < DIGIT_ROWS; row++)
		for (col = 0; col < DIGIT_COLS; col++)
			if (glyphs[i].rows[row] & (0x10 >> col))
				canvas_put(cv, x + col, y + row, &c, NULL);
}

struct clock {
	struct mode		 mode;		/* first */
	struct clock_config	 cf;
	int			 cols, rows;
	char			 text[32];
	usec_t			 now;
	struct snap		*snap;
	uint64_t		 drawn;
};

static struct clock *
clock_of(struct mode *m)
{
	return ((struct clock *)(void *)m);
}

static void
clock_update(struct clock *ck)
{
	char		 text[32] = "";
	struct tm	 tm;
	time_t		 t = ck->cf.wall != NULL ? ck->cf.wall(ck->cf.arg) : 0;

	localtime_r(&t, &tm);
	switch (ck->cf.style) {
	case CLOCK_12:
		strftime(text, sizeof text - 3, "%l:%M ", &tm);
		break;
	case CLOCK_12_SECONDS:
		strftime(text, sizeof text - 3, "%l:%M:%S ", &tm);
		break;
	case CLOCK_24:
		strftime(text, sizeof text - 3, "%H:%M", &tm);
		break;
	case CLOCK_24_SECONDS:
		strftime(text, sizeof text - 3, "%H:%M:%S", &tm);
		break;
	}
	if (ck->cf.style == CLOCK_12 || ck->cf.style == CLOCK_12_SECONDS)
		memcpy(text + strlen(text), tm.tm_hour >= 12 ? "PM" : "AM", 3);
	if (strcmp(text, ck->text) != 0) {
		memcpy(ck->text, text, sizeof ck->text);
		ck->mode.version++;
	}
}

static void
clock_free(struct mode *m)
{
	snap_unref(clock_of(m)->snap);
	free(m);
}

static void
clock_key(struct mode *m, const struct key_event *ev, int x, int y,
    struct mode_result *r)
{
	(void)m;
	(void)x;
	(void)y;
	if (ev->action != 2 && !(ev->code == KEY_MOUSE &&
	    (ev->mouse.type == MOUSE_MOVE || ev->mouse.type == MOUSE_UP)))
		r->acts |= ACT_LEAVE;
}

static void
clock_resize(struct mode *m, int cols, int rows)
{
	clock_of(m)->cols = cols;
	clock_of(m)->rows = rows;
	m->version++;
}

static struct snap *
clock_snap(struct mode *m)
{
	struct clock	*ck = clock_of(m);
	struct canvas	*cv;
	struct cell	 plain = { .fg = ck->cf.colour, .attr = ATTR_BOLD };
	int		 n = (int)strlen(ck->text), i, x, y;

	if (ck->snap != NULL && ck->drawn == m->version)
		return (snap_ref(ck->snap));
	cv = canvas_new(ck->cols, ck->rows);
	if (ck->cols >= n * GLYPH_STEP && ck->rows >= DIGIT_ROWS + 1) {
		x = ck->cols / 2 - n * GLYPH_STEP / 2;
		y = ck->rows / 2 - 3;
		for (i = 0; i < n; i++)
			digit_draw(cv, x + i * GLYPH_STEP, y, ck->text[i],
			    ck->cf.colour);
	} else if (ck->cols >= n)
		canvas_text(cv, (ck->cols - n) / 2, ck->rows / 2, n, &plain,
		    ck->text, (size_t)n);
	snap_unref(ck->snap);
	ck->snap = canvas_snap(cv, m->version, MODE_APP_MODE);
	ck->drawn = m->version;
	canvas_free(cv);
	return (snap_ref(ck->snap));
}

static usec_t
clock_deadline(struct mode *m)
{
	return (clock_of(m)->now + USEC_PER_SEC);
}

static void
clock_tick(struct mode *m, usec_t now, struct mode_result *r)
{
	struct clock	*ck = clock_of(m);
	uint64_t	 was = m->version;

	ck->now = now;
	clock_update(ck);
	if (m->version != was)
		r->acts |= ACT_DRAW;
}

static const struct mode_ops clock_ops = {
	.name = "clock-mode",
	.free = clock_free,
	.key = clock_key,
	.resize = clock_resize,
	.snap = clock_snap,
	.deadline = clock_deadline,
	.tick = clock_tick,
};

struct mode *
clock_new(int cols, int rows, const struct clock_config *cf, usec_t now)
{
	struct clock	*ck = xcalloc(1, sizeof *ck);

	ck->mode.ops = &clock_ops;
	ck->mode.version = 1;
	ck->cf = *cf;
	ck->cols = cols;
	ck->rows = rows;
	ck->now = now;
	clock_update(ck);
	return (&ck->mode);
}

void
clock_configure(struct mode *m, uint32_t colour, enum clock_style style)
{
	struct clock	*ck = clock_of(m);

	ck->cf.colour = colour;
	ck->cf.style = style;
	clock_update(ck);
	m->version++;
}
