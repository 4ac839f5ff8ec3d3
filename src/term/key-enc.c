/* SPDX-License-Identifier: ISC */

/*
 * key-enc.c - the bytes that a program in a pane expects for a key.
 *
 * Three dialects, the strongest that the program asked for wins:
 *
 *	legacy		what xterm has always sent (ctlseqs, "PC-Style Function
 *			Keys", "VT220-Style Function Keys"): control bytes, ESC
 *			before Meta, CSI 1;m for modified function keys
 *	modifyOtherKeys	xterm's CSI 27;m;code ~ (or CSI code;m u) for keys that
 *			legacy cannot tell apart (1) or for all with modifiers (2)
 *	kitty		CSI code;m u by progressive flags (kitty docs, "Keyboard
 *			protocol"): 1 disambiguate, 2 event types, 4 alternate
 *			keys, 8 all keys as escapes, 16 text
 *
 * Everything is one table of function keys and one function per dialect.
 */

#include <string.h>

#include "base/utf8.h"
#include "term/key.h"
#include "term/width.h"

#define KITTY_DISAMBIGUATE	1
#define KITTY_EVENTS		2
#define KITTY_ALTERNATES	4
#define KITTY_ALL		8
#define KITTY_TEXT		16

enum { ACTION_PRESS, ACTION_REPEAT, ACTION_RELEASE };

/*
 * How a function key is spelt.  CSI number ; m final; where number is 1 it
 * may be left out; those with ss3 are ESC O final when unmodified: always (1)
 * or in application cursor mode (2).  kitty: its code where that is no CSI ~
 * or letter key; 0: same as legacy.
 */
static const struct fkey {
	key_code	 key;
	uint16_t	 number;
	char		 final;
	uint8_t		 ss3;
	uint16_t	 kitty;
} fkeys[] = {
	{ KEY_UP,		1, 'A', 2, 0 },
	{ KEY_DOWN,		1, 'B', 2, 0 },
	{ KEY_RIGHT,		1, 'C', 2, 0 },
	{ KEY_LEFT,		1, 'D', 2, 0 },
	{ KEY_HOME,		1, 'H', 2, 0 },
	{ KEY_END,		1, 'F', 2, 0 },
	{ KEY_INSERT,		2, '~', 0, 0 },
	{ KEY_DELETE,		3, '~', 0, 0 },
	{ KEY_PPAGE,		5, '~', 0, 0 },
	{ KEY_NPAGE,		6, '~', 0, 0 },
	{ KEY_F1,		1, 'P', 1, 0 },
	{ KEY_F1 + 1,		1, 'Q', 1, 0 },
	{ KEY_F1 + 2,		1, 'R', 1, 0 },	/* kitty: 13 ~ */
	{ KEY_F1 + 3,		1, 'S', 1, 0 },
	{ KEY_F1 + 4,		15, '~', 0, 0 },
	{ KEY_F1 + 5,		17, '~', 0, 0 },
	{ KEY_F1 + 6,		18, '~', 0, 0 },
	{ KEY_F1 + 7,		19, '~', 0, 0 },
	{ KEY_F1 + 8,		20, '~', 0, 0 },
	{ KEY_F1 + 9,		21, '~', 0, 0 },
	{ KEY_F1 + 10,		23, '~', 0, 0 },
	{ KEY_F12,		24, '~', 0, 0 },
	{ KEY_F1 + 12,		25, '~', 0, 57376 },
	{ KEY_F1 + 13,		26, '~', 0, 57377 },
	{ KEY_F1 + 14,		28, '~', 0, 57378 },
	{ KEY_F1 + 15,		29, '~', 0, 57379 },
	{ KEY_F1 + 16,		31, '~', 0, 57380 },
	{ KEY_F1 + 17,		32, '~', 0, 57381 },
	{ KEY_F1 + 18,		33, '~', 0, 57382 },
	{ KEY_F1 + 19,		34, '~', 0, 57383 },
	{ KEY_MENU,		29, '~', 0, 57363 },
	{ KEY_CAPS_LOCK,	0, 0, 0, 57358 },
	{ KEY_SCROLL_LOCK,	0, 0, 0, 57359 },
	{ KEY_NUM_LOCK,		0, 0, 0, 57360 },
	{ KEY_PRINT,		0, 0, 0, 57361 },
	{ KEY_PAUSE,		0, 0, 0, 57362 },
};

/* The keypad: its character, SS3 final in application mode, kitty's code. */
static const struct {
	char		 plain, app;
	uint16_t	 kitty;
} keypad[] = {
	[KEY_KP_SLASH - KEY_KP_SLASH] =		{ '/', 'o', 57410 },
	[KEY_KP_STAR - KEY_KP_SLASH] =		{ '*', 'j', 57411 },
	[KEY_KP_MINUS - KEY_KP_SLASH] =		{ '-', 'm', 57412 },
	[KEY_KP_PLUS - KEY_KP_SLASH] =		{ '+', 'k', 57413 },
	[KEY_KP_PERIOD - KEY_KP_SLASH] =	{ '.', 'n', 57409 },
	[KEY_KP_ENTER - KEY_KP_SLASH] =		{ '\r', 'M', 57414 },
	[KEY_KP_0 - KEY_KP_SLASH] =
	{ '0', 'p', 57399 }, { '1', 'q', 57400 }, { '2', 'r', 57401 },
	{ '3', 's', 57402 }, { '4', 't', 57403 }, { '5', 'u', 57404 },
	{ '6', 'v', 57405 }, { '7', 'w', 57406 }, { '8', 'x', 57407 },
	{ '9', 'y', 57408 },
};

/* The parameter for modifiers: 1 + a bit each, as xterm and kitty agree. */
static int
mods_param(key_code key)
{
	int	 m = 1;

	if (key & KEY_SHIFT)
		m += 1;
	if (key & KEY_META)
		m += 2;
	if (key & KEY_CTRL)
		m += 4;
	if (key & KEY_SUPER)
		m += 8;
	if (key & KEY_HYPER)
		m += 16;
	return (m);
}

/* F13 to F63 are Shift, Ctrl, ... with F1 to F12, as terminfo has them. */
static key_code
unfold_fkey(key_code key)
{
	static const key_code	 mods[] = {
		0, KEY_SHIFT, KEY_CTRL, KEY_CTRL | KEY_SHIFT, KEY_META,
		KEY_META | KEY_SHIFT
	};
	key_code		 c = key & KEY_MASK;

	if (c < KEY_F1 + 20 || c > KEY_F63)
		return (key);
	c -= KEY_F1;
	return ((KEY_F1 + c % 12) | mods[c / 12] | (key & ~KEY_MASK));
}

static const struct fkey *
fkey_find(key_code c)
{
	size_t	 i;

	for (i = 0; i < sizeof fkeys / sizeof fkeys[0]; i++) {
		if (fkeys[i].key == c)
			return (&fkeys[i]);
	}
	return (NULL);
}

static void
add_utf8(struct buf *out, uint32_t cp)
{
	char	 u[4];

	buf_add(out, u, utf8_encode(cp, u));
}

/* --- legacy ------------------------------------------------------------ */

/* The control byte for Ctrl with an ASCII key, or -1 (xterm's choices). */
static int
ctrl_byte(key_code c)
{
	if ((c >= 'a' && c <= 'z') || (c >= '@' && c <= '_'))
		return ((int)(c & 0x1f));
	switch (c) {
	case ' ':
	case '2':
	case '`':
		return (0);
	case '3':
	case '{':
		return (0x1b);
	case '4':
	case '|':
		return (0x1c);
	case '5':
	case '}':
		return (0x1d);
	case '6':
	case '~':
		return (0x1e);
	case '7':
	case '/':
	case '-':
		return (0x1f);
	case '8':
	case '?':
		return (0x7f);
	case '\r':
	case '\t':
	case 0x1b:
		return ((int)c);
	}
	return (-1);
}

static bool
legacy_fkey(const struct fkey *f, key_code key, uint32_t modes, struct buf *out)
{
	int	 m = mods_param(key);

	if (f->final == 0)
		return (false);
	/* A VT52 had cursor keys and PF1 to PF4, and no modifiers. */
	if ((modes & MODE_VT52) && f->number == 1 && f->final != 'H' &&
	    f->final != 'F') {
		buf_addf(out, "\033%c", f->final);
		return (true);
	}
	if (m > 1) {
		buf_addf(out, "\033[%d;%d%c", f->number, m, f->final);
		return (true);
	}
	if (f->ss3 == 1 || (f->ss3 == 2 && (modes & MODE_KCURSOR)))
		buf_addf(out, "\033O%c", f->final);
	else if (f->final == '~')
		buf_addf(out, "\033[%d~", f->number);
	else
		buf_addf(out, "\033[%c", f->final);
	return (true);
}

static bool
legacy_char(key_code key, uint32_t modes, struct buf *out)
{
	key_code	 c = key & KEY_MASK;
	bool		 bs = (modes & MODE_BACKARROW) != 0;
	int		 b;

	if (key & KEY_META)
		buf_addc(out, 0x1b);
	if (c == KEY_BSPACE)
		buf_addc(out, ((key & KEY_CTRL) != 0) != bs ? 0x08 : 0x7f);
	else if ((key & KEY_CTRL) && (b = ctrl_byte(c)) != -1)
		buf_addc(out, b);
	else
		add_utf8(out, (uint32_t)c);
	return (true);
}

/* --- modifyOtherKeys --------------------------------------------------- */

/*
 * Whether this key needs CSI 27.  Level 1 leaves alone what legacy can say
 * (ctlseqs, "Alt and Meta Keys" and the table of modifyOtherKeys); level 2
 * only what a plain or shifted key types.
 */
static bool
other_wants(key_code key, int level)
{
	key_code	 c = key & KEY_MASK;
	key_code	 m = key & KEY_MODIFIERS;

	if (m == 0 || (m == KEY_SHIFT && c > 0x20 && c < KEY_BASE))
		return (false);
	if (level >= 2)
		return (true);
	if ((m & ~(KEY_META | KEY_SHIFT)) == 0 && c > 0x20 && c < KEY_BASE)
		return (false);
	if (m == KEY_META)
		return (false);
	if ((m & ~(KEY_META | KEY_CTRL)) != 0)
		return (true);
	if (c == 0x1b || c == KEY_BSPACE)
		return (false);
	/* Ctrl with what has a control byte of its own. */
	return (!(c == ' ' || c == '/' || (c >= '2' && c <= '8') ||
	    (c >= '@' && c <= '~')));
}

static uint32_t
plain_code(key_code c)
{
	return (c == KEY_BSPACE ? 0x7f : (uint32_t)c);
}

/* --- kitty ------------------------------------------------------------- */

static void
kitty_tail(const struct key_event *ev, key_code key, int flags, char final,
    uint32_t text, struct buf *out)
{
	int	 m = mods_param(key);
	bool	 event = (flags & KITTY_EVENTS) && ev->action != ACTION_PRESS;

	if (m > 1 || event || text != 0)
		buf_addf(out, ";%d", m);
	if (event)
		buf_addf(out, ":%d", ev->action + 1);
	if (text != 0)
		buf_addf(out, ";%u", text);
	buf_addc(out, final);
}

static bool
kitty_fkey(const struct fkey *f, const struct key_event *ev, key_code key,
    int flags, struct buf *out)
{
	bool	 event = (flags & KITTY_EVENTS) && ev->action != ACTION_PRESS;

	if (f->kitty != 0) {
		if (f->final == 0 && !(flags & (KITTY_ALL | KITTY_DISAMBIGUATE)))
			return (false);
		buf_addf(out, "\033[%u", f->kitty);
		kitty_tail(ev, key, flags, 'u', 0, out);
		return (true);
	}
	if (mods_param(key) == 1 && !event) {
		if (f->final == 'R')		/* CSI R is a position report */
			return (buf_addstr(out, "\033[13~") == 0);
		if (f->ss3 == 1) {		/* F1 to F4 */
			buf_addf(out, "\033[%c", f->final);
			return (true);
		}
		/* Application cursor mode is for the legacy dialect. */
		return (legacy_fkey(f, key, 0, out));
	}
	if (f->final == 'R') {
		buf_addstr(out, "\033[13");
		kitty_tail(ev, key, flags, '~', 0, out);
	} else {
		buf_addf(out, "\033[%d", f->number);
		kitty_tail(ev, key, flags, f->final, 0, out);
	}
	return (true);
}

/* Undo what Shift did to an ASCII letter: kitty names keys unshifted. */
static uint32_t
kitty_code(key_code key, const struct key_event *ev, key_code *mods)
{
	key_code	 c = key & KEY_MASK;

	*mods = key & ~KEY_MASK;
	if (c >= 'A' && c <= 'Z') {
		*mods |= KEY_SHIFT;
		return ((uint32_t)c | 0x20);
	}
	if (ev->shifted == c && ev->base != 0 && ev->base < KEY_BASE)
		return ((uint32_t)ev->base);
	return (plain_code(c));
}

static bool
kitty_char(const struct key_event *ev, key_code key, int flags,
    struct buf *out)
{
	key_code	 c = key & KEY_MASK, mods;
	uint32_t	 code = kitty_code(key, ev, &mods), text = 0;
	bool		 event, types, special;

	event = (flags & KITTY_EVENTS) && ev->action != ACTION_PRESS;
	special = c == '\r' || c == '\t' || c == KEY_BSPACE;
	types = c >= 0x20 && c < KEY_BASE &&
	    (mods & (KEY_MODIFIERS & ~KEY_SHIFT)) == 0;

	if (!(flags & KITTY_ALL)) {
		/*
		 * Text is sent as text; so are Enter, Tab and Backspace,
		 * which are not told of when they go up, so that "reset" can
		 * be typed.
		 */
		if (types && ev->action != ACTION_RELEASE) {
			add_utf8(out, (uint32_t)c);
			return (true);
		}
		if (special && (mods & KEY_MODIFIERS) == 0) {
			if (ev->action == ACTION_RELEASE)
				return (false);
			buf_addc(out, plain_code(c));
			return (true);
		}
		if (!(flags & KITTY_DISAMBIGUATE) && !event)
			return (legacy_char(key, 0, out));
	}
	if ((flags & KITTY_TEXT) && (flags & KITTY_ALL) && types &&
	    ev->action != ACTION_RELEASE)
		text = (uint32_t)c;
	buf_addf(out, "\033[%u", code);
	if (flags & KITTY_ALTERNATES) {
		uint32_t	 shifted = 0;

		if (ev->shifted != 0 && ev->shifted < KEY_BASE)
			shifted = (uint32_t)ev->shifted;
		else if ((mods & KEY_SHIFT) && code != c && c < KEY_BASE)
			shifted = (uint32_t)c;
		if ((mods & KEY_SHIFT) && shifted != 0)
			buf_addf(out, ":%u", shifted);
		if (ev->base != 0 && ev->base < KEY_BASE && ev->base != code) {
			if (!((mods & KEY_SHIFT) && shifted != 0))
				buf_addc(out, ':');
			buf_addf(out, ":%u", (uint32_t)ev->base);
		}
	}
	kitty_tail(ev, mods, flags, 'u', text, out);
	return (true);
}

/* --- the whole --------------------------------------------------------- */

static bool
encode_keypad(const struct key_event *ev, key_code key, uint32_t modes,
    int flags, struct buf *out)
{
	size_t	 i = (key & KEY_MASK) - KEY_KP_SLASH;

	if (flags & (KITTY_DISAMBIGUATE | KITTY_ALL)) {
		if (!(flags & KITTY_ALL) && mods_param(key) == 1 &&
		    keypad[i].plain != '\r' && ev->action != ACTION_RELEASE) {
			buf_addc(out, keypad[i].plain);
			return (true);
		}
		buf_addf(out, "\033[%u", keypad[i].kitty);
		kitty_tail(ev, key, flags, 'u', 0, out);
		return (true);
	}
	if (key & KEY_META)
		buf_addc(out, 0x1b);
	if (modes & MODE_KKEYPAD)
		buf_addf(out, "\033%c%c", (modes & MODE_VT52) ? '?' : 'O',
		    keypad[i].app);
	else
		buf_addc(out, keypad[i].plain);
	return (true);
}

/* Keys that stand for a report, if the program asked for it. */
static int
encode_report(key_code c, uint32_t modes, struct buf *out)
{
	switch (c) {
	case KEY_FOCUS_IN:
	case KEY_FOCUS_OUT:
		if (!(modes & MODE_FOCUS))
			return (0);
		buf_addstr(out, c == KEY_FOCUS_IN ? "\033[I" : "\033[O");
		return (1);
	case KEY_PASTE_START:
	case KEY_PASTE_END:
		if (!(modes & MODE_BRACKETPASTE))
			return (0);
		buf_addstr(out, c == KEY_PASTE_START ? "\033[200~" :
		    "\033[201~");
		return (1);
	case KEY_THEME_DARK:
	case KEY_THEME_LIGHT:
		if (!(modes & MODE_THEME))
			return (0);
		buf_addstr(out, c == KEY_THEME_DARK ? "\033[?997;1n" :
		    "\033[?997;2n");
		return (1);
	}
	return (-1);
}

bool
key_encode(const struct key_event *ev, uint32_t modes, int kitty_flags,
    int modify_other, struct buf *out)
{
	key_code		 key = unfold_fkey(ev->code), c = key & KEY_MASK;
	const struct fkey	*f;
	int			 level = modify_other & ~KEY_OTHER_CSI_U, r;

	if (ev->action == ACTION_RELEASE && !(kitty_flags & KITTY_EVENTS))
		return (false);
	if ((r = encode_report(c, modes, out)) != -1)
		return (r == 1);
	if (c >= KEY_KP_SLASH && c <= KEY_KP_9)
		return (encode_keypad(ev, key, modes, kitty_flags, out));
	if (c == KEY_BTAB) {
		if (kitty_flags != 0 || (level >= 2 &&
		    (key & (KEY_CTRL | KEY_META))) != 0) {
			c = '\t';
			key = c | (key & ~KEY_MASK) | KEY_SHIFT;
		} else {
			if (key & KEY_META)
				buf_addc(out, 0x1b);
			return (buf_addstr(out, "\033[Z") == 0);
		}
	}
	if ((f = fkey_find(c)) != NULL) {
		if (kitty_flags != 0)
			return (kitty_fkey(f, ev, key, kitty_flags, out));
		return (legacy_fkey(f, key, modes, out));
	}
	if (c > 0x10ffff && c != KEY_BSPACE)
		return (false);		/* mouse, user keys, None, ... */
	if (kitty_flags != 0)
		return (kitty_char(ev, key, kitty_flags, out));
	if (level > 0 && other_wants(key, level)) {
		if ((modify_other & KEY_OTHER_CSI_U) ||
		    (modes & MODE_FORMAT_OTHER))
			buf_addf(out, "\033[%u;%du", plain_code(c),
			    mods_param(key));
		else
			buf_addf(out, "\033[27;%d;%u~", mods_param(key),
			    plain_code(c));
		return (true);
	}
	return (legacy_char(key, modes, out));
}
