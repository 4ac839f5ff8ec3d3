/* SPDX-License-Identifier: ISC */

/*
 * key.c - names of keys: "C-M-x", "F5", "MouseDown1Pane" to codes and back.
 *
 * The names are tmux's, so that its configurations and people's fingers work;
 * case does not matter in a name of more than one letter.  A key has one
 * canonical code: parsing brings different spellings of the same key together,
 * since codes are compared, not names:
 *
 *	C-A, ^a, 0x01		'a' | CTRL	(no terminal of old told them apart)
 *	S-a			'A'
 *	S-Tab			BTab
 *	C-[, C-m, C-i		themselves: kitty's encoding tells them from
 *				Escape, Enter, Tab; who decodes keys for a
 *				terminal that does not, delivers the latter
 *
 * Modifiers are printed in the order C- M- S-, as tmux does; Super- and Hyper-
 * are ours and come first.
 */

#include "term/key.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/log.h"
#include "base/utf8.h"

/* The first name of a code is the one printed. */
static const struct key_table {
	const char	*name;
	key_code	 code;
} key_table[] = {
	{ "None",		KEY_NONE },
	{ "Any",		KEY_ANY },
	{ "Unknown",		KEY_UNKNOWN },

	{ "Escape",		0x1b },
	{ "Enter",		'\r' },
	{ "Tab",		'\t' },
	{ "Space",		' ' },
	{ "BSpace",		KEY_BSPACE },
	{ "BTab",		KEY_BTAB },
	{ "Up",			KEY_UP },
	{ "Down",		KEY_DOWN },
	{ "Left",		KEY_LEFT },
	{ "Right",		KEY_RIGHT },
	{ "IC",			KEY_INSERT },
	{ "Insert",		KEY_INSERT },
	{ "DC",			KEY_DELETE },
	{ "Delete",		KEY_DELETE },
	{ "Home",		KEY_HOME },
	{ "End",		KEY_END },
	{ "NPage",		KEY_NPAGE },
	{ "PageDown",		KEY_NPAGE },
	{ "PgDn",		KEY_NPAGE },
	{ "PPage",		KEY_PPAGE },
	{ "PageUp",		KEY_PPAGE },
	{ "PgUp",		KEY_PPAGE },
	{ "Return",		'\r' },
	{ "Esc",		0x1b },
	{ "Backspace",		KEY_BSPACE },

	{ "KP/",		KEY_KP_SLASH },
	{ "KP*",		KEY_KP_STAR },
	{ "KP-",		KEY_KP_MINUS },
	{ "KP+",		KEY_KP_PLUS },
	{ "KP.",		KEY_KP_PERIOD },
	{ "KPEnter",		KEY_KP_ENTER },

	{ "FocusIn",		KEY_FOCUS_IN },
	{ "FocusOut",		KEY_FOCUS_OUT },
	{ "PasteStart",		KEY_PASTE_START },
	{ "PasteEnd",		KEY_PASTE_END },
	{ "ReportDarkTheme",	KEY_THEME_DARK },
	{ "ReportLightTheme",	KEY_THEME_LIGHT },
	{ "Mouse",		KEY_MOUSE },
	{ "Dragging",		KEY_DRAGGING },

	{ "CapsLock",		KEY_CAPS_LOCK },
	{ "Menu",		KEY_MENU },
	{ "Pause",		KEY_PAUSE },
	{ "PrintScreen",	KEY_PRINT },
	{ "ScrollLock",		KEY_SCROLL_LOCK },
	{ "NumLock",		KEY_NUM_LOCK },
};

/* Families whose names end in a number. */
static const struct key_family {
	const char	*name;
	key_code	 first;
	int		 low, high;
} key_families[] = {
	{ "F",		KEY_F1,		1, 63 },
	{ "KP",		KEY_KP_0,	0, 9 },
	{ "User",	KEY_USER_0,	0, 999 },
};

static const struct key_modifier {
	const char	*name;
	key_code	 bit;
} key_modifiers[] = {
	{ "Super-",	KEY_SUPER },
	{ "Hyper-",	KEY_HYPER },
	{ "C-",		KEY_CTRL },
	{ "M-",		KEY_META },
	{ "S-",		KEY_SHIFT },
	{ "Ctrl-",	KEY_CTRL },	/* from here: read only */
	{ "Alt-",	KEY_META },
	{ "Meta-",	KEY_META },
	{ "Shift-",	KEY_SHIFT },
};
#define KEY_MODIFIERS_PRINTED	5

static const struct {
	const char	*name;
	bool		 button;	/* a number follows */
} mouse_types[MOUSE_TYPES] = {
	[MOUSE_DOWN] =		{ "MouseDown",		true },
	[MOUSE_UP] =		{ "MouseUp",		true },
	[MOUSE_DRAG] =		{ "MouseDrag",		true },
	[MOUSE_DRAG_END] =	{ "MouseDragEnd",	true },
	[MOUSE_WHEEL_UP] =	{ "WheelUp",		false },
	[MOUSE_WHEEL_DOWN] =	{ "WheelDown",		false },
	[MOUSE_SECOND_CLICK] =	{ "SecondClick",	true },
	[MOUSE_DOUBLE_CLICK] =	{ "DoubleClick",	true },
	[MOUSE_TRIPLE_CLICK] =	{ "TripleClick",	true },
	[MOUSE_MOVE] =		{ "MouseMove",		false },
};

static const char *const mouse_wheres[WHERE_COUNT] = {
	[WHERE_PANE] =		"Pane",
	[WHERE_BORDER] =	"Border",
	[WHERE_STATUS] =	"Status",
	[WHERE_STATUS_LEFT] =	"StatusLeft",
	[WHERE_STATUS_RIGHT] =	"StatusRight",
	[WHERE_STATUS_DEFAULT] = "StatusDefault",
	[WHERE_SCROLLBAR_UP] =	"ScrollbarUp",
	[WHERE_SCROLLBAR_SLIDER] = "ScrollbarSlider",
	[WHERE_SCROLLBAR_DOWN] = "ScrollbarDown",
	[WHERE_EMPTY] =		"Empty",
	[WHERE_CONTROL_0] =	"Control0", "Control1", "Control2", "Control3",
	"Control4", "Control5", "Control6", "Control7", "Control8",
	[WHERE_CONTROL_9] =	"Control9",
};

#define NITEMS(a)	(sizeof (a) / sizeof (a)[0])

/* --- mouse keys -------------------------------------------------------- */

key_code
key_mouse(enum mouse_type type, int button, enum mouse_where where)
{
	must(type < MOUSE_TYPES && where < WHERE_COUNT);
	if (!mouse_types[type].button || button < 0 || button >= MOUSE_BUTTONS)
		button = 0;
	return (KEY_MOUSE_BASE +
	    ((key_code)type * MOUSE_BUTTONS + button) * WHERE_COUNT + where);
}

bool
key_is_mouse(key_code key)
{
	key &= KEY_MASK;
	return (key >= KEY_MOUSE_BASE && key < KEY_MOUSE_BASE +
	    (key_code)MOUSE_TYPES * MOUSE_BUTTONS * WHERE_COUNT);
}

void
key_mouse_split(key_code key, enum mouse_type *type, int *button,
    enum mouse_where *where)
{
	key_code	 n = (key & KEY_MASK) - KEY_MOUSE_BASE;

	must(key_is_mouse(key));
	*where = (enum mouse_where)(n % WHERE_COUNT);
	n /= WHERE_COUNT;
	*button = (int)(n % MOUSE_BUTTONS);
	*type = (enum mouse_type)(n / MOUSE_BUTTONS);
}

static key_code
parse_mouse(const char *s)
{
	size_t	 t, w, len;
	int	 button;

	for (t = 0; t < MOUSE_TYPES; t++) {
		const char	*p = s;

		len = strlen(mouse_types[t].name);
		if (strncasecmp(p, mouse_types[t].name, len) != 0)
			continue;
		p += len;
		button = 0;
		if (mouse_types[t].button) {
			if (*p < '1' || *p > '9')
				continue;	/* MouseDrag, MouseDragEnd */
			button = *p++ - '0';
			if (*p >= '0' && *p <= '9')
				button = button * 10 + *p++ - '0';
			if (button >= MOUSE_BUTTONS)
				return (KEY_UNKNOWN);
		}
		for (w = 0; w < WHERE_COUNT; w++) {
			if (strcasecmp(p, mouse_wheres[w]) == 0)
				return (key_mouse((enum mouse_type)t, button,
				    (enum mouse_where)w));
		}
		return (KEY_UNKNOWN);
	}
	return (KEY_UNKNOWN);
}

/* --- parsing ----------------------------------------------------------- */

/* The key that a terminal of old sends as this control byte. */
static key_code
from_control(uint32_t c)
{
	switch (c) {
	case '\t':
	case '\r':
	case 0x1b:
		return (c);
	case 0:
		return (' ' | KEY_CTRL);
	case 0x7f:
		return (KEY_BSPACE);
	}
	if (c <= 26)
		return ((c + 'a' - 1) | KEY_CTRL);
	return ((c + '@') | KEY_CTRL);
}

/* One code point that is the whole string, or KEY_UNKNOWN. */
static key_code
parse_char(const char *s)
{
	uint32_t	 cp;
	size_t		 len = strlen(s);
	int		 n;

	n = utf8_decode((const uint8_t *)s, len, &cp);
	if (n == 0 || (size_t)n != len || (cp == UTF8_REPLACEMENT && n == 1))
		return (KEY_UNKNOWN);
	if (cp >= 0x80 && cp < 0xa0)
		return (KEY_UNKNOWN);
	return (cp < 0x20 || cp == 0x7f ? from_control(cp) : cp);
}

static key_code
parse_hex(const char *s)
{
	uint32_t	 cp = 0;
	int		 n;

	for (n = 0; s[n] != '\0'; n++) {
		const char	*d = strchr("0123456789abcdef", s[n] | 0x20);

		if (d == NULL || n == 6)
			return (KEY_UNKNOWN);
		cp = cp << 4 | (uint32_t)(d - "0123456789abcdef");
	}
	if (n == 0 || cp > 0x10ffff || (cp >= 0xd800 && cp <= 0xdfff) ||
	    (cp >= 0x80 && cp < 0xa0))
		return (KEY_UNKNOWN);
	return (cp < 0x20 || cp == 0x7f ? from_control(cp) : cp);
}

static key_code
parse_family(const char *s)
{
	size_t	 i, len;
	int	 n, k;

	for (i = 0; i < NITEMS(key_families); i++) {
		const struct key_family	*f = &key_families[i];

		len = strlen(f->name);
		if (strncasecmp(s, f->name, len) != 0 || s[len] == '\0')
			continue;
		n = 0;
		for (k = len; s[k] >= '0' && s[k] <= '9' && n <= 9999; k++)
			n = n * 10 + s[k] - '0';
		if (s[k] == '\0' && n >= f->low && n <= f->high)
			return (f->first + n - f->low);
	}
	return (KEY_UNKNOWN);
}

static key_code
parse_name(const char *s)
{
	size_t		 i;
	key_code	 k;

	if ((k = parse_char(s)) != KEY_UNKNOWN)
		return (k);
	if (s[0] == '0' && (s[1] == 'x' || s[1] == 'X'))
		return (parse_hex(s + 2));
	for (i = 0; i < NITEMS(key_table); i++) {
		if (strcasecmp(s, key_table[i].name) == 0)
			return (key_table[i].code);
	}
	if ((k = parse_family(s)) != KEY_UNKNOWN)
		return (k);
	return (parse_mouse(s));
}

/* One code for one key, however it was spelt. */
static key_code
key_canon(key_code key)
{
	key_code	 c = key & KEY_MASK, m = key & ~KEY_MASK;
	bool		 lower = c >= 'a' && c <= 'z', upper = c >= 'A' && c <= 'Z';

	if ((m & KEY_CTRL) && upper)
		c |= 0x20;
	else if ((m & KEY_SHIFT) && !(m & KEY_CTRL)) {
		if (lower)
			c &= ~0x20ull;
		if (lower || upper)
			m &= ~KEY_SHIFT;
	}
	if (c == '\t' && (m & KEY_SHIFT)) {
		c = KEY_BTAB;
		m &= ~KEY_SHIFT;
	}
	if ((m & KEY_CTRL) && c == '?')
		return (KEY_BSPACE | (m & ~KEY_CTRL));
	return (c | m);
}

key_code
key_parse(const char *s)
{
	key_code	 m = 0, k;
	size_t		 i, len;

	if (s[0] == '^' && s[1] != '\0') {
		m |= KEY_CTRL;
		s++;
	}
	for (;;) {
		for (i = 0; i < NITEMS(key_modifiers); i++) {
			len = strlen(key_modifiers[i].name);
			if (strncasecmp(s, key_modifiers[i].name, len) == 0 &&
			    s[len] != '\0')
				break;
		}
		if (i == NITEMS(key_modifiers))
			break;
		m |= key_modifiers[i].bit;
		s += len;
	}
	k = parse_name(s);
	if (k == KEY_UNKNOWN)
		return (KEY_UNKNOWN);
	if ((k == KEY_NONE || k == KEY_ANY) && m != 0)
		return (KEY_UNKNOWN);
	return (key_canon(k | m));
}

/* --- printing ---------------------------------------------------------- */

static void
name_base(key_code k, char *buf, size_t cap)
{
	enum mouse_type	 type;
	enum mouse_where where;
	size_t		 i, n;
	int		 button;

	for (i = 0; i < NITEMS(key_table); i++) {
		if (key_table[i].code == k) {
			snprintf(buf, cap, "%s", key_table[i].name);
			return;
		}
	}
	for (i = 0; i < NITEMS(key_families); i++) {
		const struct key_family	*f = &key_families[i];

		if (k >= f->first &&
		    k <= f->first + (key_code)(f->high - f->low)) {
			snprintf(buf, cap, "%s%d", f->name,
			    (int)(k - f->first) + f->low);
			return;
		}
	}
	if (key_is_mouse(k)) {
		key_mouse_split(k, &type, &button, &where);
		if (mouse_types[type].button)
			snprintf(buf, cap, "%s%d%s", mouse_types[type].name,
			    button, mouse_wheres[where]);
		else
			snprintf(buf, cap, "%s%s", mouse_types[type].name,
			    mouse_wheres[where]);
		return;
	}
	if (k < KEY_BASE && k > 0x20 && (k < 0x7f || k >= 0xa0) &&
	    k <= 0x10ffff && (k < 0xd800 || k > 0xdfff)) {
		char	 u[5];

		n = utf8_encode((uint32_t)k, u);
		u[n] = '\0';
		snprintf(buf, cap, "%s", u);
		return;
	}
	if (k < KEY_BASE)
		snprintf(buf, cap, "0x%x", (unsigned)k);
	else
		snprintf(buf, cap, "Unknown");
}

const char *
key_name(key_code key, char *buf, size_t cap)
{
	size_t	 i, off = 0;

	if (cap == 0)
		return ("");
	buf[0] = '\0';
	for (i = 0; i < KEY_MODIFIERS_PRINTED; i++) {
		size_t	 len = strlen(key_modifiers[i].name);

		if (!(key & key_modifiers[i].bit) || off + len >= cap)
			continue;
		memcpy(buf + off, key_modifiers[i].name, len + 1);
		off += len;
	}
	name_base(key & KEY_MASK, buf + off, cap - off);
	return (buf);
}
