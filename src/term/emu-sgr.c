/* SPDX-License-Identifier: ISC */

/*
 * emu-sgr.c - SGR: the rendition of what is written next.
 *
 * Colours come as 38;5;n and 38;2;r;g;b, as ISO 8613-6 meant them with colons,
 * 38:2:space:r:g:b, and as most wrote that, 38:2:r:g:b.  A colour that is not one
 * (too few numbers, or above 255) changes nothing.
 */

#include <stdio.h>
#include <string.h>

#include "term/emu-int.h"

/* Attributes that are not a matter of SGR. */
#define ATTR_KEPT	(ATTR_PROTECTED | ATTR_ZONE_MASK)

/* What SGR 1 to 9 and 53 turn on, 22 to 29 and 55 off. */
static const struct sgr_attr {
	uint8_t		 param;
	uint16_t	 off, on;
} sgr_attrs[] = {
	{ 1,	0,				ATTR_BOLD },
	{ 2,	0,				ATTR_DIM },
	{ 3,	0,				ATTR_ITALIC },
	{ 4,	ATTR_UL_MASK,			ATTR_UL_SINGLE },
	{ 5,	0,				ATTR_BLINK },
	{ 6,	0,				ATTR_BLINK },
	{ 7,	0,				ATTR_REVERSE },
	{ 8,	0,				ATTR_HIDDEN },
	{ 9,	0,				ATTR_STRIKE },
	{ 21,	ATTR_UL_MASK,			ATTR_UL_DOUBLE },
	{ 22,	ATTR_BOLD | ATTR_DIM,		0 },
	{ 23,	ATTR_ITALIC,			0 },
	{ 24,	ATTR_UL_MASK,			0 },
	{ 25,	ATTR_BLINK,			0 },
	{ 27,	ATTR_REVERSE,			0 },
	{ 28,	ATTR_HIDDEN,			0 },
	{ 29,	ATTR_STRIKE,			0 },
	{ 53,	0,				ATTR_OVERLINE },
	{ 55,	ATTR_OVERLINE,			0 },
};

static const struct sgr_attr *
attr_find(int n)
{
	size_t	 i;

	for (i = 0; i < sizeof sgr_attrs / sizeof sgr_attrs[0]; i++) {
		if (sgr_attrs[i].param == n)
			return (&sgr_attrs[i]);
	}
	return (NULL);
}

static bool
is_sub(const struct parse_seq *s, int i)
{
	return (i < s->nparams && (s->sub >> i & 1));
}

/* How many sub-parameters follow parameter i. */
static int
subs(const struct parse_seq *s, int i)
{
	int	 n = 0;

	while (is_sub(s, i + 1 + n))
		n++;
	return (n);
}

static int
byte_of(const struct parse_seq *s, int i)
{
	if (i >= s->nparams || s->param[i] < 0)
		return (0);
	return (s->param[i] > 255 ? -1 : s->param[i]);
}

static bool
rgb_at(const struct parse_seq *s, int i, uint32_t *c)
{
	int	 r = byte_of(s, i), g = byte_of(s, i + 1);
	int	 b = byte_of(s, i + 2);

	if (r < 0 || g < 0 || b < 0 || i + 2 >= s->nparams)
		return (false);
	*c = colour_rgb(r, g, b);
	return (true);
}

/* 38, 48 or 58 at i.  Returns how many parameters it took beside itself. */
static int
colour_param(const struct parse_seq *s, int i, uint32_t *c)
{
	int	 n = subs(s, i), kind;

	if (n > 0) {
		kind = s->param[i + 1];
		if (kind == 5 && n >= 2 && byte_of(s, i + 2) >= 0)
			*c = colour_index(byte_of(s, i + 2));
		else if (kind == 2 && n == 4)
			rgb_at(s, i + 2, c);
		else if (kind == 2 && n >= 5)
			rgb_at(s, i + 3, c);
		return (n);
	}
	kind = i + 1 < s->nparams ? s->param[i + 1] : -1;
	if (kind == 5) {
		if (i + 2 < s->nparams && byte_of(s, i + 2) >= 0)
			*c = colour_index(byte_of(s, i + 2));
		return (2);
	}
	if (kind == 2) {
		rgb_at(s, i + 2, c);
		return (4);
	}
	return (s->nparams);		/* who knows what the rest means */
}

void
emu_pen_rare(struct emu *e)
{
	e->has_rare = e->rare.us != COLOUR_DEFAULT || e->rare.link != NULL;
}

void
emu_sgr_reset(struct emu *e)
{
	e->pen.attr &= ATTR_KEPT;
	e->pen.fg = e->pen.bg = COLOUR_DEFAULT;
	if (e->rare.us != COLOUR_DEFAULT) {
		e->rare.us = COLOUR_DEFAULT;
		emu_pen_rare(e);
	}
}

static void
sgr_underline(const struct parse_seq *s, int i, uint16_t *attr)
{
	int	 style = s->param[i + 1];

	if (style < 0 || style > 5)
		return;
	*attr = (*attr & ~ATTR_UL_MASK) | style << ATTR_UL_SHIFT;
}

void
emu_sgr(struct emu *e, const struct parse_seq *s)
{
	const struct sgr_attr	*a;
	int			 i, p;

	if (s->nparams == 0) {
		emu_sgr_reset(e);
		return;
	}
	for (i = 0; i < s->nparams; i++) {
		p = s->param[i];
		if (is_sub(s, i))
			continue;
		if (p <= 0)
			emu_sgr_reset(e);
		else if (p >= 30 && p <= 37)
			e->pen.fg = colour_index(p - 30);
		else if (p >= 40 && p <= 47)
			e->pen.bg = colour_index(p - 40);
		else if (p == 38)
			i += colour_param(s, i, &e->pen.fg);
		else if (p == 48)
			i += colour_param(s, i, &e->pen.bg);
		else if (p == 39)
			e->pen.fg = COLOUR_DEFAULT;
		else if (p == 49)
			e->pen.bg = COLOUR_DEFAULT;
		else if (p >= 90 && p <= 97)
			e->pen.fg = colour_index(p - 90 + 8);
		else if (p >= 100 && p <= 107)
			e->pen.bg = colour_index(p - 100 + 8);
		else if (p == 58 || p == 59) {
			if (p == 58)
				i += colour_param(s, i, &e->rare.us);
			else
				e->rare.us = COLOUR_DEFAULT;
			emu_pen_rare(e);
		} else if (p == 4 && is_sub(s, i + 1))
			sgr_underline(s, i, &e->pen.attr);
		else if ((a = attr_find(p)) != NULL)
			e->pen.attr = (e->pen.attr & ~a->off) | a->on;
	}
}

void
emu_sgr_attrs(const struct parse_seq *s, int from, bool reverse, struct cell *c)
{
	static const uint16_t	 all = ATTR_BOLD | ATTR_UL_MASK | ATTR_BLINK |
	    ATTR_REVERSE | ATTR_HIDDEN;
	const struct sgr_attr	*a;
	int			 i, p;

	for (i = from; i == from || i < s->nparams; i++) {
		p = i < s->nparams ? s->param[i] : 0;
		if (p <= 0) {
			if (reverse) {
				uint16_t ul = c->attr & ATTR_UL_MASK;

				c->attr ^= all & ~ATTR_UL_MASK;
				c->attr = (c->attr & ~ATTR_UL_MASK) |
				    (ul ? 0 : ATTR_UL_SINGLE);
			} else
				c->attr &= ~all;
			continue;
		}
		if ((a = attr_find(p)) == NULL)
			continue;
		if (!reverse)
			c->attr = (c->attr & ~a->off) | a->on;
		else if (a->on & ATTR_UL_MASK)
			c->attr = (c->attr & ATTR_UL_MASK) ?
			    c->attr & ~ATTR_UL_MASK : c->attr | a->on;
		else
			c->attr ^= a->on;
	}
}

/* --- the answer to DECRQSS m ------------------------------------------- */

static size_t
report_colour(char *s, size_t cap, uint32_t c, int base)
{
	unsigned	 n = c & 0xff;

	if (c == COLOUR_DEFAULT)
		return (0);
	if ((c & COLOUR_KIND) == COLOUR_RGB)
		return (snprintf(s, cap, ";%d:2::%u:%u:%u", base + 8,
		    c >> 16 & 0xff, c >> 8 & 0xff, n));
	if (n < 8 && base != 50)
		return (snprintf(s, cap, ";%u", base + n));
	if (n < 16 && base != 50)
		return (snprintf(s, cap, ";%u", base + 60 + n - 8));
	return (snprintf(s, cap, ";%d:5:%u", base + 8, n));
}

static size_t
report(const struct cell *pen, uint32_t us, char *s, size_t cap)
{
	static const uint8_t	 once[] = { 1, 2, 3, 4, 5, 7, 8, 9, 53 };
	size_t			 n, i;
	unsigned		 ul = (pen->attr & ATTR_UL_MASK) >> ATTR_UL_SHIFT;

	n = (size_t)snprintf(s, cap, "0");
	for (i = 0; i < sizeof once; i++) {
		if (once[i] == 4 && ul > 1)
			n += (size_t)snprintf(s + n, cap - n, ";4:%u", ul);
		else if (once[i] == 4 ? ul == 1 :
		    (pen->attr & attr_find(once[i])->on) != 0)
			n += (size_t)snprintf(s + n, cap - n, ";%d", once[i]);
	}
	n += report_colour(s + n, cap - n, pen->fg, 30);
	n += report_colour(s + n, cap - n, pen->bg, 40);
	n += report_colour(s + n, cap - n, us, 50);
	return (n);
}

size_t
emu_sgr_report(const struct emu *e, char *s, size_t cap)
{
	return (report(&e->pen, e->rare.us, s, cap));
}

void
emu_sgr_reply(struct emu *e, const struct cell *c, uint32_t us)
{
	char	 s[128];

	report(c, us, s, sizeof s);
	emu_reply(e, "\033[%sm", s);
}

/* --- the stack --------------------------------------------------------- */

/* The parts named by the numbers that SGR has for them, or all. */
void
emu_sgr_push(struct emu *e, const struct parse_seq *s)
{
	struct emu_pen		*p = &e->pens[e->npens];
	const struct sgr_attr	*a;
	int			 i, n;

	if (e->npens == EMU_PENS_MAX)
		return;
	e->npens++;
	*p = (struct emu_pen){ .cell = e->pen, .us = e->rare.us };
	for (i = 0; i < s->nparams; i++) {
		n = seq_param(s, i, 0);
		if (n == 10 || n == 30)		/* xterm's, and its manual's */
			p->fg = true;
		else if (n == 11 || n == 31)
			p->bg = true;
		else if ((a = attr_find(n)) != NULL)
			p->attrs |= (a->on & ATTR_UL_MASK) ? ATTR_UL_MASK :
			    a->on;
	}
	p->all = s->nparams == 0 || (s->nparams == 1 && s->param[0] <= 0);
}

void
emu_sgr_pop(struct emu *e)
{
	const struct emu_pen	*p;
	uint16_t		 keep;

	if (e->npens == 0)
		return;
	p = &e->pens[--e->npens];
	keep = (uint16_t)(p->all ? ATTR_KEPT : ~(unsigned)p->attrs);
	e->pen.attr = (e->pen.attr & keep) | (p->cell.attr & ~keep);
	if (p->fg || p->all)
		e->pen.fg = p->cell.fg;
	if (p->bg || p->all)
		e->pen.bg = p->cell.bg;
	if (p->all) {
		e->rare.us = p->us;
		emu_pen_rare(e);
	}
}
