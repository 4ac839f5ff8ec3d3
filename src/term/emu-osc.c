/* SPDX-License-Identifier: ISC */

/*
 * emu-osc.c - operating system commands, and ESC k.
 *
 *	0, 2		title			xterm
 *	4, 5, 21, 104, 105	palette		xterm, kitty (emu-colour.c)
 *	7		working directory	Apple, VTE
 *	8		hyperlinks		egmontkob's text
 *	9		notification, 9;4 progress	iTerm2, ConEmu
 *	10 to 19, 110 to 119	colours		xterm (emu-colour.c)
 *	52		clipboard		xterm
 *	99		notification		kitty
 *	133		prompt marks		FinalTerm, semantic prompts
 *	777		notification		urxvt
 *	1337		directory, cell size	iTerm2
 *
 * All text is cleaned before it goes anywhere: valid UTF-8, no controls, a
 * maximum.  What is answered are colours only, in our own digits; whether the
 * clipboard is, somebody above decides.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/str.h"
#include "base/xmalloc.h"
#include "term/emu-int.h"
#include "term/scan.h"

/* --- titles, directories ----------------------------------------------- */

static void
osc_title(struct emu *e, const struct scan *s)
{
	char	*t;

	if (!e->cfg.allow_title)
		return;
	t = emu_clean(s->p == NULL ? (const uint8_t *)"" : s->p, scan_left(s),
	    EMU_TITLE_MAX);
	emu_title_change(e, t);
	free(t);
}

/* file://host/path, the path with percent escapes. */
static void
osc_cwd(struct emu *e, const struct scan *s)
{
	static const char	 file[] = "file://";
	const uint8_t		*p = s->p, *end = s->end;
	uint8_t			*path;
	size_t			 n = 0;
	bool			 escapes = false;

	if (scan_left(s) > sizeof file - 1 &&
	    memcmp(p, file, sizeof file - 1) == 0) {
		p += sizeof file - 1;
		while (p < end && *p != '/')
			p++;
		escapes = true;
	}
	if (scan_left(s) == 0 || p == end || *p != '/')
		return;
	path = xmalloc((size_t)(end - p));
	for (; p < end; p++) {
		if (escapes && *p == '%' && end - p > 2 && scan_hex(p[1]) >= 0 &&
		    scan_hex(p[2]) >= 0) {
			path[n++] = (uint8_t)(scan_hex(p[1]) << 4 | scan_hex(p[2]));
			p += 2;
		} else
			path[n++] = *p;
	}
	if (n <= EMU_CWD_MAX) {
		char	*t = emu_clean(path, n, EMU_CWD_MAX);

		/* A name that had to be changed is another name. */
		if (strlen(t) == n) {
			free(e->cwd);
			e->cwd = xstrdup(t);
			emu_event_text(e, EMU_CWD, 0, 0, t, NULL);
		}
		free(t);
	}
	free(path);
}

/* --- hyperlinks -------------------------------------------------------- */

void
emu_link_set(struct emu *e, struct link *l)
{
	link_unref(e->rare.link);
	e->rare.link = l;
	emu_pen_rare(e);
}

/*
 * Whether a link begins as RFC 3986 has it, and does not carry what it leads to
 * within itself: such are for a browser to run, not for a terminal to open.
 */
static bool
link_scheme(const struct scan *s)
{
	static const char *const never[] = {
		"javascript", "vbscript", "data", "about", "blob"
	};
	const uint8_t	*p;
	size_t		 i, n;

	for (p = s->p; p < s->end && *p != ':'; p++) {
		if (!((*p | 0x20) >= 'a' && (*p | 0x20) <= 'z') &&
		    (p == s->p || ((*p < '0' || *p > '9') && *p != '+' &&
		    *p != '-' && *p != '.')))
			return (false);
	}
	n = (size_t)(p - s->p);
	if (n == 0 || p == s->end)
		return (false);
	for (i = 0; i < sizeof never / sizeof never[0]; i++) {
		if (strlen(never[i]) == n &&
		    strncasecmp((const char *)s->p, never[i], n) == 0)
			return (false);
	}
	return (true);
}

static void
osc_link(struct emu *e, struct scan *s)
{
	struct scan	 params, f;
	char		 id[LINK_ID_MAX + 1] = "", *uri;
	const uint8_t	*p;
	size_t		 n;

	if (!scan_field(s, ';', &params) || s->p == NULL)
		return;
	if (scan_left(s) == 0) {
		emu_link_set(e, NULL);
		return;
	}
	if (scan_left(s) > LINK_URI_MAX)
		return;
	/* Only what a URI consists of (RFC 3986): it is written out again. */
	for (p = s->p; p < s->end; p++) {
		if (*p <= 0x20 || *p >= 0x7f)
			return;
	}
	if (!link_scheme(s)) {		/* text without a link */
		emu_link_set(e, NULL);
		return;
	}
	while (scan_field(&params, ':', &f)) {
		n = (size_t)(f.end - f.p);
		if (n < 3 || memcmp(f.p, "id=", 3) != 0 ||
		    n - 3 > LINK_ID_MAX)
			continue;
		for (p = f.p + 3; p < f.end; p++) {
			if (*p <= 0x20 || *p >= 0x7f)
				break;
		}
		if (p == f.end) {
			memcpy(id, f.p + 3, n - 3);
			id[n - 3] = '\0';
		}
	}
	uri = xstrndup((const char *)s->p, scan_left(s));
	emu_link_set(e, link_new(id, uri));
	free(uri);
}

/* --- clipboard --------------------------------------------------------- */

static void
osc_clipboard(struct emu *e, struct scan *s)
{
	struct scan	 f;
	char		 sel[9];
	const uint8_t	*p;
	uint8_t		*data;
	size_t		 n = 0;

	if (!scan_field(s, ';', &f) || s->p == NULL)
		return;
	for (p = f.p; p < f.end && n < sizeof sel - 1; p++) {
		if (strchr("cpqs01234567", *p) != NULL && *p != '\0' &&
		    memchr(sel, *p, n) == NULL)
			sel[n++] = (char)*p;
	}
	sel[n] = '\0';
	if (scan_left(s) == 1 && *s->p == '?') {
		emu_event_text(e, EMU_CLIPBOARD_QUERY, 0, 0, NULL, sel);
		return;
	}
	if ((data = str_base64_decode(s->p, scan_left(s), &n)) == NULL)
		return;
	emu_event_data(e, EMU_CLIPBOARD_SET, sel, data, n);
	free(data);
}

/* --- notifications, progress ------------------------------------------- */

static void
notify(struct emu *e, const struct scan *title, const struct scan *body)
{
	char	*t = NULL, *b;

	if (title != NULL)
		t = emu_clean(title->p, scan_left(title), EMU_NOTIFY_MAX);
	b = emu_clean(body->p == NULL ? (const uint8_t *)"" : body->p,
	    scan_left(body), EMU_NOTIFY_MAX);
	if (b[0] != '\0' || (t != NULL && t[0] != '\0'))
		emu_event_text(e, EMU_NOTIFY, 0, 0, b, t == NULL ? "" : t);
	free(t);
	free(b);
}

static void
osc_9(struct emu *e, struct scan *s)
{
	struct scan	 rest = *s, f;
	int		 n, state, percent = 0;

	if (!scan_field(&rest, ';', &f))
		return;
	n = scan_number(&f);
	if (n == 4) {
		if (!scan_field(&rest, ';', &f))
			return;
		state = scan_number(&f);
		if (scan_field(&rest, ';', &f))
			percent = scan_number(&f);
		if (state < 0 || state > 4)
			return;
		if (percent < 0 || percent > 100)
			percent = percent < 0 ? 0 : 100;
		emu_event(e, EMU_PROGRESS, state << 8 | percent, 0);
		return;
	}
	if (n >= 1 && n <= 12)
		return;			/* ConEmu's, not for people */
	notify(e, NULL, s);
}

static void
osc_777(struct emu *e, struct scan *s)
{
	struct scan	 f;

	if (!scan_field(s, ';', &f) || !scan_is(&f, "notify") ||
	    !scan_field(s, ';', &f))
		return;
	notify(e, &f, s);
}

/* kitty's: metadata in pairs, then a piece of a title or body. */
static void
osc_99(struct emu *e, struct scan *s)
{
	struct scan	 meta, f, text, title = { 0 };
	bool		 done = true, base64 = false, body = false, other = false;
	uint8_t		*data = NULL;
	size_t		 n;

	if (!scan_field(s, ';', &meta))
		return;
	while (scan_field(&meta, ':', &f)) {
		if (f.end - f.p < 2 || f.p[1] != '=')
			continue;
		switch (f.p[0]) {
		case 'd':
			done = !(f.end - f.p == 3 && f.p[2] == '0');
			break;
		case 'e':
			base64 = f.end - f.p == 3 && f.p[2] == '1';
			break;
		case 'p':
			body = scan_is(&f, "p=body");
			other = !body && !scan_is(&f, "p=title");
			break;
		}
	}
	if (other)		/* close, icon, ?, ...: nothing to show */
		return;
	text = *s;
	if (base64) {
		if ((data = str_base64_decode(s->p, scan_left(s), &n)) == NULL)
			return;
		text = (struct scan){ data, data + n };
	}
	if (!done) {
		if (!body) {
			free(e->note_title);
			e->note_title = emu_clean(text.p == NULL ?
			    (const uint8_t *)"" : text.p, scan_left(&text),
			    EMU_NOTIFY_MAX);
		}
	} else {
		if (e->note_title != NULL)
			title = (struct scan){ (uint8_t *)e->note_title,
			    (uint8_t *)e->note_title + strlen(e->note_title) };
		notify(e, title.p == NULL ? NULL : &title, &text);
		free(e->note_title);
		e->note_title = NULL;
	}
	free(data);
}

/* --- iTerm2's ---------------------------------------------------------- */

/* Of the many things that it can do, those that harm nobody. */
static void
osc_1337(struct emu *e, const struct scan *s)
{
	static const char	 dir[] = "CurrentDir=";
	struct scan		 path = *s;

	if (s->p == NULL)
		return;
	if (scan_is(s, "ReportCellSize")) {
		if (e->cell_w > 0 && e->cell_h > 0)
			emu_reply(e, "\033]1337;ReportCellSize=%d.0;%d.0%s",
			    e->cell_h, e->cell_w,
			    e->parser.bel ? "\a" : "\033\\");
	} else if (scan_left(s) > sizeof dir - 1 &&
	    memcmp(s->p, dir, sizeof dir - 1) == 0) {
		path.p += sizeof dir - 1;
		osc_cwd(e, &path);
	}
}

/* --- prompt marks ------------------------------------------------------ */

static void
osc_prompt(struct emu *e, struct scan *s)
{
	struct scan	 f;
	int		 what, status = -1;

	if (!scan_field(s, ';', &f) || f.end - f.p != 1)
		return;
	what = *f.p;
	switch (what) {
	case 'A':
	case 'N':
		e->pen.attr = (e->pen.attr & ~ATTR_ZONE_MASK) |
		    ATTR_ZONE_PROMPT;
		grid_write(e->g, e->cy)->flags |= ROW_PROMPT;
		what = 'A';
		break;
	case 'P':		/* a prompt, perhaps a continued one */
		e->pen.attr = (e->pen.attr & ~ATTR_ZONE_MASK) |
		    ATTR_ZONE_PROMPT;
		return;
	case 'B':
	case 'I':
		e->pen.attr = (e->pen.attr & ~ATTR_ZONE_MASK) |
		    ATTR_ZONE_INPUT;
		what = 'B';
		break;
	case 'C':
		e->pen.attr &= ~ATTR_ZONE_MASK;
		grid_write(e->g, e->cy)->flags |= ROW_OUTPUT;
		break;
	case 'D':
		e->pen.attr &= ~ATTR_ZONE_MASK;
		if (scan_field(s, ';', &f))
			status = scan_number(&f);
		break;
	default:
		return;
	}
	emu_event(e, EMU_PROMPT, what, status);
}

/* --- the whole --------------------------------------------------------- */

static void
osc(struct emu *e, const uint8_t *p, size_t n)
{
	struct scan	 s = { p, p + n }, f;
	int		 number;

	if (!scan_field(&s, ';', &f))
		return;
	number = scan_number(&f);
	switch (number) {
	case 0:
	case 2:
		osc_title(e, &s);
		break;
	case 7:
		osc_cwd(e, &s);
		break;
	case 8:
		osc_link(e, &s);
		break;
	case 9:
		osc_9(e, &s);
		break;
	case 52:
		osc_clipboard(e, &s);
		break;
	case 99:
		osc_99(e, &s);
		break;
	case 133:
		osc_prompt(e, &s);
		break;
	case 777:
		osc_777(e, &s);
		break;
	case 1337:
		osc_1337(e, &s);
		break;
	default:
		emu_colour(e, number, &s);
		break;
	}
}

void
emu_string(void *arg, enum parse_string kind, const uint8_t *p, size_t n)
{
	struct emu	*e = arg;
	char		*t;

	e->last_cp = 0;
	if (kind == PARSE_OSC)
		osc(e, p, n);
	else if (kind == PARSE_TITLE && e->cfg.allow_rename) {
		t = emu_clean(p, n, EMU_TITLE_MAX);
		emu_event_text(e, EMU_RENAME, 0, 0, t, NULL);
		free(t);
	}
}
