/* SPDX-License-Identifier: ISC */

/*
 * emu-mode.c - modes: one table from which setting, resetting, saving and
 * reporting follow.
 *
 * A mode is a bit in emu->modes (what viewers must know) or emu->priv (what
 * they need not), and may have a function for what else happens.  A mode that
 * is not in the table is answered with 0, "not recognized".
 */

#include "term/emu-int.h"

enum mode_word { IN_MODES, IN_PRIV, FIXED_SET, FIXED_RESET };

struct mode_entry {
	uint16_t	 number;
	bool		 private;	/* DEC: CSI ? */
	uint8_t		 word;		/* enum mode_word */
	uint32_t	 bit;
	void		(*then)(struct emu *, const struct mode_entry *, bool);
};

/* --- what else happens ------------------------------------------------- */

/* Set is the usual: ANSI.  From a VT52 there is no way back but ESC <. */
static void
then_vt52(struct emu *e, const struct mode_entry *m, bool set)
{
	(void)m;
	if (!set)
		emu_vt52_enter(e);
}

static void
then_columns(struct emu *e, const struct mode_entry *m, bool set)
{
	(void)m;
	emu_columns_mode(e, set);
}

static void
then_home(struct emu *e, const struct mode_entry *m, bool set)
{
	(void)m;
	(void)set;
	emu_goto(e, 0, 0);
}

static void
then_wrap(struct emu *e, const struct mode_entry *m, bool set)
{
	(void)m;
	if (!set)
		e->pending = false;
}

/* Only one kind of tracking at a time; turning any off turns all off. */
static void
then_mouse(struct emu *e, const struct mode_entry *m, bool set)
{
	e->modes &= ~MODE_MOUSE_ANY;
	e->priv &= ~PRIV_HIGHLIGHT;
	if (set && m->word == IN_MODES)
		e->modes |= m->bit;
	else if (set)
		e->priv |= m->bit;
}

/* The same for how events are written. */
static void
then_mouse_format(struct emu *e, const struct mode_entry *m, bool set)
{
	static const uint32_t	 all = MODE_MOUSE_UTF8 | MODE_MOUSE_SGR |
	    MODE_MOUSE_URXVT | MODE_MOUSE_PIXELS;

	if (set)
		e->modes = (e->modes & ~all) | m->bit;
}

static void
then_margins(struct emu *e, const struct mode_entry *m, bool set)
{
	(void)m;
	if (set)		/* DECSLRM sets them */
		return;
	e->left = 0;
	e->right = e->cols - 1;
	e->pending = e->pending && e->cx == e->right;
}

static void
then_alternate(struct emu *e, const struct mode_entry *m, bool set)
{
	if (!e->cfg.alternate_screen)
		return;
	if (m->number == 1049 && set)
		emu_save_cursor(e);
	/* 1047 clears what it leaves, 1049 what it finds. */
	if (m->number == 1047 && !set && e->scr == &e->screen[1]) {
		grid_clear(e->g, 0, e->rows, e->pen.bg);
		e->pending = false;
	}
	emu_show_screen(e, set);
	if (m->number == 1049 && set) {
		grid_clear(e->g, 0, e->rows, e->pen.bg);
		e->pending = false;
	}
	if (m->number == 1049 && !set)
		emu_restore_cursor(e);
}

static void
then_cursor(struct emu *e, const struct mode_entry *m, bool set)
{
	(void)m;
	if (set)
		emu_save_cursor(e);
	else
		emu_restore_cursor(e);
}

static void
then_size(struct emu *e, const struct mode_entry *m, bool set)
{
	(void)m;
	if (set)
		emu_report_size(e);
}

/* Wyse's way to say how visible, that terminfo of screen and tmux uses. */
static void
then_visible(struct emu *e, const struct mode_entry *m, bool set)
{
	(void)m;
	if (set)
		e->modes &= ~MODE_CURSOR_BLINK;
	else
		e->modes |= MODE_CURSOR_BLINK;
}

/* --- the table --------------------------------------------------------- */

static const struct mode_entry modes[] = {
	{ 1,	true,	IN_MODES,	MODE_KCURSOR,		NULL },
	{ 2,	true,	FIXED_SET,	0,			then_vt52 },
	{ 3,	true,	IN_PRIV,	PRIV_COLS_132,		then_columns },
	{ 4,	true,	IN_PRIV,	PRIV_SMOOTH,		NULL },
	{ 5,	true,	IN_MODES,	MODE_REVERSE_VIDEO,	NULL },
	{ 6,	true,	IN_MODES,	MODE_ORIGIN,		then_home },
	{ 7,	true,	IN_MODES,	MODE_WRAP,		then_wrap },
	{ 8,	true,	IN_PRIV,	PRIV_REPEAT,		NULL },
	{ 9,	true,	IN_MODES,	MODE_MOUSE_X10,		then_mouse },
	{ 12,	true,	IN_MODES,	MODE_CURSOR_BLINK,	NULL },
	{ 18,	true,	IN_PRIV,	PRIV_PRINT_FF,		NULL },
	{ 19,	true,	IN_PRIV,	PRIV_PRINT_EXTENT,	NULL },
	{ 25,	true,	IN_MODES,	MODE_CURSOR,		NULL },
	{ 40,	true,	IN_PRIV,	PRIV_ALLOW_132,		NULL },
	{ 42,	true,	IN_PRIV,	PRIV_NATIONAL,		NULL },
	{ 45,	true,	IN_PRIV,	PRIV_REVERSE_WRAP,	NULL },
	{ 47,	true,	IN_MODES,	MODE_ALTERNATE,		then_alternate },
	{ 66,	true,	IN_MODES,	MODE_KKEYPAD,		NULL },
	{ 60,	true,	FIXED_RESET,	0,			NULL },
	{ 67,	true,	IN_MODES,	MODE_BACKARROW,		NULL },
	{ 69,	true,	IN_MODES,	MODE_LRMARGIN,		then_margins },
	{ 95,	true,	IN_PRIV,	PRIV_NO_CLEAR_132,	NULL },
	{ 1000,	true,	IN_MODES,	MODE_MOUSE_STANDARD,	then_mouse },
	{ 1001,	true,	IN_PRIV,	PRIV_HIGHLIGHT,		then_mouse },
	{ 1002,	true,	IN_MODES,	MODE_MOUSE_BUTTON,	then_mouse },
	{ 1003,	true,	IN_MODES,	MODE_MOUSE_ALL,		then_mouse },
	{ 1004,	true,	IN_MODES,	MODE_FOCUS,		NULL },
	{ 1005,	true,	IN_MODES,	MODE_MOUSE_UTF8,	then_mouse_format },
	{ 1006,	true,	IN_MODES,	MODE_MOUSE_SGR,		then_mouse_format },
	{ 1007,	true,	IN_MODES,	MODE_ALT_SCROLL,	NULL },
	{ 1015,	true,	IN_MODES,	MODE_MOUSE_URXVT,	then_mouse_format },
	{ 1016,	true,	IN_MODES,	MODE_MOUSE_PIXELS,	then_mouse_format },
	{ 1034,	true,	FIXED_RESET,	0,			NULL },
	{ 1035,	true,	FIXED_SET,	0,			NULL },
	{ 1036,	true,	FIXED_SET,	0,			NULL },
	{ 1039,	true,	FIXED_SET,	0,			NULL },
	{ 1045,	true,	IN_PRIV,	PRIV_REVERSE_WRAP_ALL,	NULL },
	{ 1047,	true,	IN_MODES,	MODE_ALTERNATE,		then_alternate },
	{ 1048,	true,	FIXED_SET,	0,			then_cursor },
	{ 1049,	true,	IN_MODES,	MODE_ALTERNATE,		then_alternate },
	{ 2004,	true,	IN_MODES,	MODE_BRACKETPASTE,	NULL },
	{ 2026,	true,	IN_MODES,	MODE_SYNC,		NULL },
	{ 2027,	true,	FIXED_SET,	0,			NULL },
	{ 2031,	true,	IN_MODES,	MODE_THEME,		NULL },
	{ 2048,	true,	IN_MODES,	MODE_RESIZE,		then_size },
	/* ANSI; those of ECMA-48 that DEC's terminals had fixed */
	{ 1,	false,	FIXED_RESET,	0,			NULL },
	{ 2,	false,	IN_PRIV,	PRIV_KEYBOARD_LOCK,	NULL },
	{ 3,	false,	FIXED_RESET,	0,			NULL },
	{ 4,	false,	IN_MODES,	MODE_INSERT,		NULL },
	{ 5,	false,	FIXED_RESET,	0,			NULL },
	{ 7,	false,	FIXED_RESET,	0,			NULL },
	{ 10,	false,	FIXED_RESET,	0,			NULL },
	{ 11,	false,	FIXED_RESET,	0,			NULL },
	{ 12,	false,	IN_PRIV,	PRIV_LOCAL_ECHO_OFF,	NULL },
	{ 13,	false,	FIXED_RESET,	0,			NULL },
	{ 14,	false,	FIXED_RESET,	0,			NULL },
	{ 15,	false,	FIXED_RESET,	0,			NULL },
	{ 16,	false,	FIXED_RESET,	0,			NULL },
	{ 17,	false,	FIXED_RESET,	0,			NULL },
	{ 18,	false,	FIXED_RESET,	0,			NULL },
	{ 19,	false,	FIXED_RESET,	0,			NULL },
	{ 20,	false,	IN_MODES,	MODE_CRLF,		NULL },
	{ 34,	false,	FIXED_RESET,	0,			then_visible },
};

static const struct mode_entry *
mode_find(const struct emu *e, int number, bool private)
{
	size_t	 i;

	if (private && number == 69 && e->level < 4)
		return (NULL);
	for (i = 0; i < sizeof modes / sizeof modes[0]; i++) {
		if (modes[i].number == number && modes[i].private == private)
			return (&modes[i]);
	}
	return (NULL);
}

static bool
mode_is_set(const struct emu *e, const struct mode_entry *m)
{
	switch (m->word) {
	case IN_MODES:
		return ((e->modes & m->bit) != 0);
	case IN_PRIV:
		return ((e->priv & m->bit) != 0);
	default:
		return (m->word == FIXED_SET);
	}
}

static void
mode_set(struct emu *e, const struct mode_entry *m, bool set)
{
	uint32_t	*word = m->word == IN_MODES ? &e->modes : &e->priv;

	/* The screen shown is not a bit to be set, it follows the switch. */
	if (m->then != then_alternate && m->word <= IN_PRIV) {
		if (set)
			*word |= m->bit;
		else
			*word &= ~m->bit;
	}
	if (m->then != NULL)
		m->then(e, m, set);
}

void
emu_set_modes(struct emu *e, const struct parse_seq *s, bool set)
{
	const struct mode_entry	*m;
	int			 i;

	for (i = 0; i < s->nparams; i++) {
		m = mode_find(e, s->param[i], s->prefix == '?');
		if (m != NULL)
			mode_set(e, m, set);
	}
}

void
emu_save_modes(struct emu *e, const struct parse_seq *s, bool save)
{
	const struct mode_entry	*m;
	int			 i, w;

	for (i = 0; i < s->nparams; i++) {
		if ((m = mode_find(e, s->param[i], true)) == NULL ||
		    m->word > IN_PRIV)
			continue;
		w = m->word == IN_PRIV;
		if (!save)
			mode_set(e, m, (e->saved_modes[w] & m->bit) != 0);
		else if (mode_is_set(e, m))
			e->saved_modes[w] |= m->bit;
		else
			e->saved_modes[w] &= ~m->bit;
	}
}

/* DECRPM: 0 not recognized, 1 set, 2 reset, 3 and 4 for ever so. */
void
emu_report_mode(struct emu *e, const struct parse_seq *s)
{
	bool			 private = s->prefix == '?';
	int			 n = seq_param(s, 0, 0), v = 0;
	const struct mode_entry	*m = mode_find(e, n, private);

	if (m != NULL) {
		v = mode_is_set(e, m) ? 1 : 2;
		if (m->word == FIXED_SET && m->then == NULL)
			v = 3;
		else if (m->word == FIXED_RESET && m->then == NULL)
			v = 4;
	}
	emu_reply(e, "\033[%s%d;%d$y", private ? "?" : "", n, v);
}

void
emu_columns_mode(struct emu *e, bool wide)
{
	(void)wide;
	/* The size is the user's; what else the mode does, it does. */
	if (!(e->priv & PRIV_ALLOW_132))
		return;
	e->top = e->left = 0;
	e->bottom = e->rows - 1;
	e->right = e->cols - 1;
	e->modes &= ~MODE_LRMARGIN;
	if (!(e->priv & PRIV_NO_CLEAR_132))
		grid_clear(e->g, 0, e->rows, e->pen.bg);
	emu_move(e, 0, 0);
}
