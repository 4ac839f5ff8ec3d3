/* SPDX-License-Identifier: ISC */

/*
 * emu-dcs.c - device control strings: questions, and the passthrough.
 *
 *	DCS $ q Pt ST	DECRQSS, answered DCS 1 $ r ... ST (VT510, xterm)
 *	DCS Ps $ t Pt ST	DECRSPS (emu-state.c)
 *	DCS + q Pt ST	XTGETTCAP, answered DCS 1 + r name=value ST (xterm)
 *	DCS tmux; ... ST	for the outer terminal, if allowed (tmux)
 *
 * An answer never contains what was asked, not even in hex: names come out of
 * our table (CVE-2008-2383 and its many children).
 */

#include <stdio.h>
#include <string.h>

#include "term/emu-int.h"

/* --- DECRQSS ----------------------------------------------------------- */

static void
request_setting(struct emu *e, const uint8_t *p, size_t n)
{
	static const uint8_t	 shape_of[] = { 0, 2, 4, 6 };
	char			 s[128];
	int			 shape;

	if (n == 1 && p[0] == 'm') {
		emu_sgr_report(e, s, sizeof s);
		emu_reply(e, "\033P1$r%sm\033\\", s);
	} else if (n == 1 && p[0] == 'r')
		emu_reply(e, "\033P1$r%d;%dr\033\\", e->top + 1, e->bottom + 1);
	else if (n == 1 && p[0] == 's')
		emu_reply(e, "\033P1$r%d;%ds\033\\", e->left + 1, e->right + 1);
	else if (n == 2 && memcmp(p, " q", 2) == 0) {
		shape = shape_of[e->shape & 3];
		if (shape != 0 && (e->modes & MODE_CURSOR_BLINK))
			shape--;
		emu_reply(e, "\033P1$r%d q\033\\", shape);
	} else if (n == 2 && memcmp(p, "\"q", 2) == 0)
		emu_reply(e, "\033P1$r%d\"q\033\\",
		    emu_dec_protect(e) ? 1 : 0);
	else if (n == 2 && memcmp(p, "\"p", 2) == 0)
		emu_reply(e, "\033P1$r%d;1\"p\033\\", 60 + e->level);
	else if (n == 2 && memcmp(p, "*x", 2) == 0)
		emu_reply(e, "\033P1$r%d*x\033\\",
		    (e->priv & PRIV_RECT_EXTENT) ? 2 : 1);
	else if (n == 1 && p[0] == 't')			/* DECSLPP */
		emu_reply(e, "\033P1$r%dt\033\\", e->rows);
	else if (n == 2 && memcmp(p, "$|", 2) == 0)	/* DECSCPP */
		emu_reply(e, "\033P1$r%d$|\033\\", e->cols);
	else if (n == 2 && memcmp(p, "*|", 2) == 0)	/* DECSNLS */
		emu_reply(e, "\033P1$r%d*|\033\\", e->rows);
	else if (n == 2 && memcmp(p, "$}", 2) == 0)	/* DECSASD: main */
		emu_reply(e, "\033P1$r0$}\033\\");
	else if (n == 2 && memcmp(p, "$~", 2) == 0)	/* DECSSDT: none */
		emu_reply(e, "\033P1$r0$~\033\\");
	else
		emu_reply(e, "\033P0$r\033\\");
}

/* --- XTGETTCAP --------------------------------------------------------- */

static const struct {
	const char	*name, *value;		/* NULL: boolean */
} termcaps[] = {
	{ "TN",		"tmux-256color" },
	{ "name",	"tmux-256color" },
	{ "Co",		"256" },
	{ "colors",	"256" },
	{ "RGB",	"8/8/8" },
	{ "Tc",		NULL },
	{ "Su",		NULL },
	{ "setrgbf",	"\033[38:2:%p1%d:%p2%d:%p3%dm" },
	{ "setrgbb",	"\033[48:2:%p1%d:%p2%d:%p3%dm" },
	{ "Cs",		"\033]12;%p1%s\a" },
	{ "Cr",		"\033]112\a" },
	{ "Smulx",	"\033[4:%p1%dm" },
	{ "Setulc",	"\033[58:2::%p1%{65536}%/%d:%p1%{256}%/%{255}%&%d:"
			    "%p1%{255}%&%d%;m" },
	{ "Ms",		"\033]52;%p1%s;%p2%s\a" },
	{ "Ss",		"\033[%p1%d q" },
	{ "Se",		"\033[2 q" },
	{ "Smol",	"\033[53m" },
	{ "Sync",	"\033[?2026%?%p1%{1}%-%tl%eh%;" },
	{ "fullkbd",	NULL },
	{ "bce",	NULL },
};

static void
hex_encode(const char *s, char *out, size_t cap)
{
	size_t	 n = 0;

	for (; *s != '\0' && n + 3 <= cap; s++, n += 2)
		snprintf(out + n, 3, "%02X", (unsigned char)*s);
	out[n] = '\0';
}

/* Whether the hex digits at p spell the name. */
static bool
hex_is(const uint8_t *p, size_t n, const char *name)
{
	char	 want[64];
	size_t	 i;

	hex_encode(name, want, sizeof want);
	if (strlen(want) != n)
		return (false);
	for (i = 0; i < n; i++) {
		uint8_t	 c = p[i] >= 'a' && p[i] <= 'f' ? p[i] - 0x20 : p[i];

		if (c != (uint8_t)want[i])
			return (false);
	}
	return (true);
}

/* Names until the first that we do not know. */
static void
request_termcap(struct emu *e, const uint8_t *p, size_t n)
{
	char		 name[64], value[256];
	const uint8_t	*end = p + n, *q;
	size_t		 i, max = sizeof termcaps / sizeof termcaps[0];

	for (; p <= end; p = q + 1) {
		q = memchr(p, ';', (size_t)(end - p));
		if (q == NULL)
			q = end;
		for (i = 0; i < max; i++) {
			if (hex_is(p, (size_t)(q - p), termcaps[i].name))
				break;
		}
		if (i == max) {
			emu_reply(e, "\033P0+r\033\\");
			return;
		}
		hex_encode(termcaps[i].name, name, sizeof name);
		if (termcaps[i].value == NULL) {
			emu_reply(e, "\033P1+r%s\033\\", name);
			continue;
		}
		hex_encode(termcaps[i].value, value, sizeof value);
		emu_reply(e, "\033P1+r%s=%s\033\\", name, value);
	}
}

void
emu_dcs(void *arg, const struct parse_seq *s, const uint8_t *p, size_t n)
{
	struct emu	*e = arg;

	e->last_cp = 0;
	if (s->prefix != 0)
		return;
	if (s->final == 'q' && s->ninter == 1 && s->inter[0] == '$')
		request_setting(e, p, n);
	else if (s->final == 'q' && s->ninter == 1 && s->inter[0] == '+')
		request_termcap(e, p, n);
	else if (s->final == 't' && s->ninter == 1 && s->inter[0] == '$')
		emu_restore_state(e, seq_param(s, 0, 0), p, n);
	else if (s->final == 't' && s->ninter == 0 && n >= 4 &&
	    memcmp(p, "mux;", 4) == 0 && e->cfg.allow_passthrough)
		emu_event_data(e, EMU_PASSTHROUGH, NULL, p + 4, n - 4);
}
