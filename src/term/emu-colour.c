/* SPDX-License-Identifier: ISC */

/*
 * emu-colour.c - the colours of a pane: set, asked for, reset, kept on a stack.
 *
 *	OSC 4, 104	palette; from 256 on as 5		xterm
 *	OSC 5, 105	colours for bold, underline, ...	xterm
 *	OSC 10 to 19, 110 to 119	text, background, cursor, pointer,
 *			selection				xterm
 *	OSC 21		the same by name			kitty
 *	CSI # P Q R	XTPUSHCOLORS, XTPOPCOLORS, XTREPORTCOLORS	xterm
 *
 * A viewer is told of the palette, text, background and cursor; the others are
 * kept for who asks.  Answers are our own digits, never what was sent: a name
 * comes back as the numbers that it stands for.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xmalloc.h"
#include "term/emu-int.h"
#include "term/scan.h"
#include "term/x11.h"

/* --- what a colour is called ------------------------------------------- */

/* n hex digits, as the top bits of a byte or scaled to one; -1: they are not. */
static int
component(const uint8_t *p, int n, bool scaled)
{
	int	 i, v = 0, d;

	for (i = 0; i < n; i++) {
		if ((d = scan_hex(p[i])) < 0)
			return (-1);
		v = v << 4 | d;
	}
	switch (n) {
	case 1:
		return (scaled ? v * 0x11 : v << 4);
	case 2:
		return (v);
	case 3:
		return (v >> 4);
	case 4:
		return (v >> 8);
	}
	return (-1);
}

/* #rgb, #rrggbb, ..., rgb:r/g/b or a name (XParseColor); false if neither. */
static bool
colour_spec(const struct scan *f, uint32_t *c)
{
	const uint8_t	*p = f->p;
	size_t		 n = (size_t)(f->end - f->p);
	struct scan	 s, part;
	char		 name[X11_NAME_MAX];
	int		 v[3], i, w;

	if (n == 0)
		return (false);
	if (p[0] == '#') {
		w = (int)(n - 1) / 3;
		if (n > 13 || w == 0 || (n - 1) % 3 != 0)
			return (false);
		for (i = 0; i < 3; i++) {
			if ((v[i] = component(p + 1 + i * w, w, false)) < 0)
				return (false);
		}
	} else if (n >= 9 && memcmp(p, "rgb:", 4) == 0) {
		s = (struct scan){ p + 4, f->end };
		for (i = 0; i < 3; i++) {
			if (!scan_field(&s, '/', &part))
				return (false);
			w = (int)(part.end - part.p);
			if (w > 4 || (v[i] = component(part.p, w, true)) < 0)
				return (false);
		}
		if (s.p != NULL)
			return (false);
	} else {
		if (n >= sizeof name || memchr(p, '\0', n) != NULL)
			return (false);
		memcpy(name, p, n);
		name[n] = '\0';
		*c = x11_colour(name);
		return (*c != COLOUR_NONE);
	}
	*c = colour_rgb(v[0], v[1], v[2]);
	return (true);
}

/* xterm's palette, for those that nobody has set. */
static uint32_t
palette_default(int n)
{
	static const uint32_t	 low[16] = {
		0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd,
		0x00cdcd, 0xe5e5e5, 0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00,
		0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff
	};
	static const uint8_t	 step[6] = { 0, 95, 135, 175, 215, 255 };

	if (n < 16)
		return (COLOUR_RGB | low[n]);
	if (n < 232) {
		n -= 16;
		return (colour_rgb(step[n / 36], step[n / 6 % 6], step[n % 6]));
	}
	n = 8 + (n - 232) * 10;
	return (colour_rgb(n, n, n));
}

/* What a colour that was set looks like; false if it is not known. */
static bool
colour_known(const struct emu *e, uint32_t *c)
{
	uint32_t	 n = *c & 0xff;

	if ((*c & COLOUR_KIND) == COLOUR_RGB)
		return (true);
	if ((*c & COLOUR_KIND) != COLOUR_INDEXED)
		return (false);
	*c = emu_palette(e, (int)n);
	if (*c == COLOUR_NONE || (*c & COLOUR_KIND) != COLOUR_RGB)
		*c = palette_default((int)n);
	return (true);
}

/* The colour of OSC 10 + i: what it is when nobody has set it, too. */
static bool
dynamic_known(const struct emu *e, int i, uint32_t *c)
{
	*c = e->dynamic[i];
	if (*c == COLOUR_DEFAULT && (i == DYNAMIC_CURSOR ||
	    i == DYNAMIC_POINTER_FG || i == DYNAMIC_SELECT_BG))
		*c = e->dynamic[DYNAMIC_FG];
	if (*c == COLOUR_DEFAULT && (i == DYNAMIC_POINTER_BG ||
	    i == DYNAMIC_SELECT_FG))
		*c = e->dynamic[DYNAMIC_BG];
	if (*c == COLOUR_DEFAULT)
		*c = i == DYNAMIC_BG || i == DYNAMIC_POINTER_BG ||
		    i == DYNAMIC_SELECT_FG ? e->cfg.default_bg :
		    e->cfg.default_fg;
	return (colour_known(e, c));
}

static bool
special_known(const struct emu *e, int i, uint32_t *c)
{
	*c = e->special[i];
	if (*c == COLOUR_DEFAULT)
		return (dynamic_known(e, DYNAMIC_FG, c));
	return (colour_known(e, c));
}

/* --- OSC 4, 5, 104, 105 ------------------------------------------------ */

/* The answer about item `what`, or `what`;`n` if n is not -1. */
static void
colour_reply(struct emu *e, int what, int n, uint32_t c)
{
	unsigned	 r = c >> 16 & 0xff, g = c >> 8 & 0xff, b = c & 0xff;
	char		 item[16] = "";

	if (n != -1)
		snprintf(item, sizeof item, "%d;", n);
	/* At once: half an answer would leave the program reading. */
	emu_reply(e, "\033]%d;%srgb:%02x%02x/%02x%02x/%02x%02x%s", what, item,
	    r, r, g, g, b, b, e->parser.bel ? "\a" : "\033\\");
}

/* Pairs of a number and a colour or a question. */
static void
osc_palette(struct emu *e, int what, struct scan *s)
{
	struct scan	 f;
	uint32_t	 c;
	int		 n, i;

	while (scan_field(s, ';', &f)) {
		n = scan_number(&f);
		if (!scan_field(s, ';', &f))
			return;
		i = what == 5 ? n + 256 : n;
		if (n < 0 || i >= 256 + EMU_SPECIAL_COLOURS)
			continue;
		if (scan_is(&f, "?")) {
			c = colour_index(i);
			if (i < 256 ? colour_known(e, &c) :
			    special_known(e, i - 256, &c))
				colour_reply(e, what, n, c);
			continue;
		}
		if (!colour_spec(&f, &c))
			continue;
		if (i < 256) {
			emu_set_palette(e, i, c);
			emu_event(e, EMU_COLOURS, 0, 0);
		} else
			e->special[i - 256] = c;
	}
}

static void
palette_clear(struct emu *e)
{
	free(e->palette);
	e->palette = NULL;
}

static void
osc_palette_reset(struct emu *e, int what, struct scan *s)
{
	struct scan	 f;
	int		 n;

	if (scan_left(s) == 0) {
		if (what == 104)
			palette_clear(e);
		else
			memset(e->special, 0, sizeof e->special);
	}
	while (scan_left(s) != 0 && scan_field(s, ';', &f)) {
		if ((n = scan_number(&f)) < 0)
			continue;
		if (what == 105)
			n += 256;
		if (n < 256)
			emu_set_palette(e, n, COLOUR_NONE);
		else if (n < 256 + EMU_SPECIAL_COLOURS)
			e->special[n - 256] = COLOUR_DEFAULT;
	}
	emu_event(e, EMU_COLOURS, 0, 0);
}

/* --- OSC 10 to 19, 110 to 119 ------------------------------------------ */

/* Each further field is for the next number. */
static void
osc_dynamic(struct emu *e, int i, struct scan *s)
{
	uint32_t	 c;
	struct scan	 f;

	for (; i < EMU_DYNAMIC_COLOURS && scan_field(s, ';', &f); i++) {
		if (scan_is(&f, "?")) {
			if (dynamic_known(e, i, &c))
				colour_reply(e, 10 + i, -1, c);
		} else if (colour_spec(&f, &c)) {
			e->dynamic[i] = c;
			emu_event(e, EMU_COLOURS, 0, 0);
		}
	}
}

static void
osc_dynamic_reset(struct emu *e, int i)
{
	e->dynamic[i] = COLOUR_DEFAULT;
	emu_event(e, EMU_COLOURS, 0, 0);
}

/* --- OSC 21 ------------------------------------------------------------ */

static const struct {
	const char	*name;
	int		 dynamic;
} kitty_names[] = {
	{ "foreground",			DYNAMIC_FG },
	{ "background",			DYNAMIC_BG },
	{ "cursor",			DYNAMIC_CURSOR },
	{ "selection_background",	DYNAMIC_SELECT_BG },
	{ "selection_foreground",	DYNAMIC_SELECT_FG },
};

/* One name or number and what it shall be; an answer is added to `out`. */
static void
kitty_item(struct emu *e, const struct scan *key, const struct scan *value,
    struct buf *out)
{
	size_t		 i;
	int		 n = scan_number(key), d = -1;
	uint32_t	 c = COLOUR_DEFAULT;
	bool		 known;

	for (i = 0; i < sizeof kitty_names / sizeof kitty_names[0]; i++) {
		if (scan_is(key, kitty_names[i].name)) {
			d = kitty_names[i].dynamic;
			break;
		}
	}
	if (d == -1 && (n < 0 || n > 255))
		return;
	if (scan_is(value, "?")) {
		if (d == -1)
			buf_addf(out, ";%d=", n);
		else
			buf_addf(out, ";%s=", kitty_names[i].name);
		c = colour_index(n);
		known = d == -1 ? colour_known(e, &c) : dynamic_known(e, d, &c);
		if (known)
			buf_addf(out, "rgb:%02x/%02x/%02x", c >> 16 & 0xff,
			    c >> 8 & 0xff, c & 0xff);
		return;
	}
	if (value->p != value->end && !colour_spec(value, &c))
		return;
	if (d != -1)
		e->dynamic[d] = c;
	else
		emu_set_palette(e, n, c == COLOUR_DEFAULT ? COLOUR_NONE : c);
	emu_event(e, EMU_COLOURS, 0, 0);
}

static void
osc_kitty(struct emu *e, struct scan *s)
{
	struct scan	 item, key;
	struct buf	 out;

	buf_init(&out, EMU_REPLIES_MAX);
	while (scan_field(s, ';', &item)) {
		if (scan_field(&item, '=', &key) && item.p != NULL)
			kitty_item(e, &key, &item, &out);
	}
	if (buf_len(&out) != 0)
		emu_reply(e, "\033]21%.*s%s", (int)buf_len(&out),
		    (const char *)buf_data(&out),
		    e->parser.bel ? "\a" : "\033\\");
	buf_fini(&out);
}

void
emu_colour(struct emu *e, int number, struct scan *s)
{
	if (number == 4 || number == 5)
		osc_palette(e, number, s);
	else if (number == 104 || number == 105)
		osc_palette_reset(e, number, s);
	else if (number >= 10 && number < 10 + EMU_DYNAMIC_COLOURS)
		osc_dynamic(e, number - 10, s);
	else if (number >= 110 && number < 110 + EMU_DYNAMIC_COLOURS)
		osc_dynamic_reset(e, number - 110);
	else if (number == 21)
		osc_kitty(e, s);
}

/* --- the stack --------------------------------------------------------- */

/* All that can be set, as it was. */
struct emu_colours {
	bool		 any;		/* in the palette */
	uint32_t	 palette[256];
	uint32_t	 dynamic[EMU_DYNAMIC_COLOURS];
	uint32_t	 special[EMU_SPECIAL_COLOURS];
};

static void
colours_keep(struct emu *e, int slot)
{
	struct emu_colours	*k = e->colours[slot];

	if (k == NULL)
		k = e->colours[slot] = xmalloc(sizeof *k);
	if ((k->any = e->palette != NULL))
		memcpy(k->palette, e->palette, sizeof k->palette);
	memcpy(k->dynamic, e->dynamic, sizeof k->dynamic);
	memcpy(k->special, e->special, sizeof k->special);
	if (e->ncolours <= slot)
		e->ncolours = slot + 1;
}

static void
colours_take(struct emu *e, int slot)
{
	const struct emu_colours	*k = e->colours[slot];
	int				 i;

	if (k == NULL)
		return;
	palette_clear(e);
	for (i = 0; k->any && i < 256; i++)
		emu_set_palette(e, i, k->palette[i]);
	memcpy(e->dynamic, k->dynamic, sizeof e->dynamic);
	memcpy(e->special, k->special, sizeof e->special);
	emu_event(e, EMU_COLOURS, 0, 0);
}

/* 0 pushes; other numbers are places of the stack, which stays as it is. */
void
emu_colours_push(struct emu *e, const struct parse_seq *s)
{
	int	 i, n;

	for (i = 0; i == 0 || i < s->nparams; i++) {
		n = seq_param(s, i, 0);
		if (n == 0 && e->colours_at < EMU_COLOURS_STACK)
			colours_keep(e, e->colours_at++);
		else if (n >= 1 && n <= EMU_COLOURS_STACK)
			colours_keep(e, n - 1);
	}
}

void
emu_colours_pop(struct emu *e, const struct parse_seq *s)
{
	int	 i, n;

	for (i = 0; i == 0 || i < s->nparams; i++) {
		n = seq_param(s, i, 0);
		if (n == 0 && e->colours_at > 0)
			colours_take(e, --e->colours_at);
		else if (n >= 1 && n <= EMU_COLOURS_STACK)
			colours_take(e, n - 1);
	}
}

void
emu_colours_report(struct emu *e)
{
	emu_reply(e, "\033[?%d;%d#Q", e->colours_at, e->ncolours);
}

void
emu_colours_reset(struct emu *e)
{
	bool	 told = e->palette != NULL;
	int	 i;

	for (i = 0; i < EMU_DYNAMIC_COLOURS; i++)
		told |= e->dynamic[i] != COLOUR_DEFAULT;
	palette_clear(e);
	memset(e->dynamic, 0, sizeof e->dynamic);
	memset(e->special, 0, sizeof e->special);
	for (i = 0; i < EMU_COLOURS_STACK; i++) {
		free(e->colours[i]);
		e->colours[i] = NULL;
	}
	e->colours_at = e->ncolours = 0;
	if (told)
		emu_event(e, EMU_COLOURS, 0, 0);
}
