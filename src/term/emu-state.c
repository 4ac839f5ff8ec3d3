/* SPDX-License-Identifier: ISC */

/*
 * emu-state.c - the presentation state: asked with DECRQPSR, put back with DECRSPS.
 *
 *	CSI 1 $ w	DECCIR, answered DCS 1 $ u D ... D ST
 *	CSI 2 $ w	DECTABSR, answered DCS 2 $ u D ... D ST
 *	DCS Ps $ t D ... D ST	DECRSPS: the same strings back again
 *
 * VT510, "DECRQPSR".  DECCIR is row; column (of the screen, whatever the
 * origin); page; rendition; attribute; flags; GL; GR; which sets are of 96; the
 * final bytes of G0 to G3.  Where there are letters, their low bits mean
 * something.  What comes back is checked as any other input.
 */

#include <stdio.h>
#include <string.h>

#include "term/emu-int.h"

/* Srend */
#define REND_BOLD	0x01
#define REND_UNDERLINE	0x02
#define REND_BLINK	0x04
#define REND_REVERSE	0x08
/* Satt */
#define ATT_PROTECTED	0x01
/* Sflag */
#define FLAG_ORIGIN	0x01
#define FLAG_SS2	0x02
#define FLAG_SS3	0x04
#define FLAG_PENDING	0x08

static void
report_cursor(struct emu *e)
{
	uint16_t	 a = e->pen.attr;
	bool		 origin = (e->modes & MODE_ORIGIN) != 0, wide;
	int		 rend = 0, flags = 0, sets = 0, i;
	char		 names[16];
	size_t		 n = 0;

	rend |= (a & ATTR_BOLD) ? REND_BOLD : 0;
	rend |= (a & ATTR_UL_MASK) ? REND_UNDERLINE : 0;
	rend |= (a & ATTR_BLINK) ? REND_BLINK : 0;
	rend |= (a & ATTR_REVERSE) ? REND_REVERSE : 0;
	flags |= origin ? FLAG_ORIGIN : 0;
	flags |= e->single == 2 ? FLAG_SS2 : e->single == 3 ? FLAG_SS3 : 0;
	flags |= e->pending ? FLAG_PENDING : 0;
	names[0] = '\0';
	for (i = 0; i < 4; i++) {
		n += (size_t)snprintf(names + n, sizeof names - n, "%s",
		    emu_charset_name(e->charset[i], &wide));
		sets |= wide << i;
	}
	emu_reply(e, "\033P1$u%d;%d;1;%c;%c;%c;%d;%d;%c;%s\033\\", e->cy + 1,
	    e->cx + 1, 0x40 + rend,
	    0x40 + (emu_dec_protect(e) ? ATT_PROTECTED : 0), 0x40 + flags,
	    e->gl, e->gr, 0x40 + sets, names);
}

static void
report_tabs(struct emu *e)
{
	struct buf	 out;
	int		 x;

	buf_init(&out, EMU_REPLIES_MAX);
	for (x = 0; x < e->cols; x++) {
		if (emu_tab_at(e, x))
			buf_addf(&out, "%s%d", buf_len(&out) == 0 ? "" : "/",
			    x + 1);
	}
	emu_reply(e, "\033P2$u%.*s\033\\", (int)buf_len(&out),
	    buf_len(&out) == 0 ? "" : (const char *)buf_data(&out));
	buf_fini(&out);
}

void
emu_report_state(struct emu *e, int which)
{
	if (which == 1)
		report_cursor(e);
	else if (which == 2)
		report_tabs(e);
}

/* --- putting it back --------------------------------------------------- */

struct answer {
	const uint8_t	*p, *end;
	bool		 good;
};

static void
skip(struct answer *s, uint8_t c)
{
	if (s->p < s->end && *s->p == c)
		s->p++;
	else
		s->good = false;
}

/* A number, then the separator (0: none). */
static int
number(struct answer *s, uint8_t sep)
{
	int	 n = 0, digits = 0;

	for (; s->p < s->end && *s->p >= '0' && *s->p <= '9'; s->p++) {
		if (++digits > 5)
			s->good = false;
		else
			n = n * 10 + (*s->p - '0');
	}
	if (digits == 0)
		s->good = false;
	if (sep != 0)
		skip(s, sep);
	return (n);
}

/* A letter's low bits, then the semicolon. */
static int
letter(struct answer *s)
{
	int	 v = 0;

	if (s->p < s->end && *s->p >= 0x40 && *s->p < 0x7f)
		v = *s->p++ & 0x1f;
	else
		s->good = false;
	skip(s, ';');
	return (v);
}

static void
restore_charsets(struct emu *e, struct answer *s, int sets)
{
	char	 name[3];
	size_t	 n;
	int	 i;

	for (i = 0; i < 4 && s->p < s->end; i++) {
		memset(name, 0, sizeof name);
		n = 0;
		if (*s->p < 0x30 && s->p + 1 < s->end)
			name[n++] = (char)*s->p++;
		name[n] = (char)*s->p++;
		emu_charset_set(e, i, name, (sets >> i & 1) != 0);
	}
}

static void
restore_cursor(struct emu *e, struct answer *s)
{
	int	 row, col, rend, att, flags, gl, gr, sets;

	row = number(s, ';');
	col = number(s, ';');
	number(s, ';');
	rend = letter(s);
	att = letter(s);
	flags = letter(s);
	gl = number(s, ';');
	gr = number(s, ';');
	sets = letter(s);
	if (!s->good)
		return;
	e->pen.attr &= ~(ATTR_BOLD | ATTR_UL_MASK | ATTR_BLINK | ATTR_REVERSE |
	    ATTR_PROTECTED);
	e->pen.attr |= ((rend & REND_BOLD) ? ATTR_BOLD : 0) |
	    ((rend & REND_UNDERLINE) ? ATTR_UL_SINGLE : 0) |
	    ((rend & REND_BLINK) ? ATTR_BLINK : 0) |
	    ((rend & REND_REVERSE) ? ATTR_REVERSE : 0) |
	    ((att & ATT_PROTECTED) ? ATTR_PROTECTED : 0);
	e->modes &= ~MODE_ORIGIN;
	if (flags & FLAG_ORIGIN)
		e->modes |= MODE_ORIGIN;
	e->single = (flags & FLAG_SS2) ? 2 : (flags & FLAG_SS3) ? 3 : 0;
	e->gl = gl & 3;
	e->gr = gr & 3;
	restore_charsets(e, s, sets);
	emu_move(e, col - 1, row - 1);
	e->pending = (flags & FLAG_PENDING) && (e->modes & MODE_WRAP) &&
	    (e->cx == e->right || e->cx == e->cols - 1);
}

static void
restore_tabs(struct emu *e, struct answer *s)
{
	int	 x;

	emu_tabs_none(e);
	while (s->p < s->end && s->good) {
		x = number(s, 0);
		if (s->good && x >= 1 && x <= EMU_COLS_MAX)
			emu_tab_set(e, x - 1, true);
		if (s->p < s->end)
			skip(s, '/');
	}
}

void
emu_restore_state(struct emu *e, int which, const uint8_t *p, size_t n)
{
	struct answer	 s = { p, p + n, true };

	e->after_x = -1;
	if (which == 1)
		restore_cursor(e, &s);
	else if (which == 2)
		restore_tabs(e, &s);
}
