/* SPDX-License-Identifier: ISC */

/*
 * key.h - what a user pressed, independent of how terminals spell it.
 *
 * A key_code is a Unicode code point or one of KEY_*, with modifier bits.  It is
 * what key tables are indexed by, what travels in the input log and what is
 * encoded for a pane by key_encode() under that pane's modes.
 */

#ifndef TERM_KEY_H
#define TERM_KEY_H

#include <stddef.h>

#include "base/buf.h"
#include "term/snap.h"

typedef uint64_t key_code;

#define KEY_MASK	0x0000000000ffffffull	/* code point or KEY_* */
#define KEY_SHIFT	0x0000000001000000ull
#define KEY_META	0x0000000002000000ull	/* Alt */
#define KEY_CTRL	0x0000000004000000ull
#define KEY_SUPER	0x0000000008000000ull
#define KEY_HYPER	0x0000000010000000ull
#define KEY_KPAD	0x0000000020000000ull	/* came from the keypad */
#define KEY_IMPLIED_META 0x0000000040000000ull	/* META came as a leading ESC */
#define KEY_MODIFIERS	(KEY_SHIFT | KEY_META | KEY_CTRL | KEY_SUPER | KEY_HYPER)

/* Special keys lie above Unicode. */
#define KEY_BASE	0x200000ull
enum {
	KEY_NONE = KEY_BASE, KEY_UNKNOWN, KEY_ANY,
	KEY_UP, KEY_DOWN, KEY_LEFT, KEY_RIGHT, KEY_HOME, KEY_END,
	KEY_INSERT, KEY_DELETE, KEY_PPAGE, KEY_NPAGE, KEY_BTAB, KEY_BSPACE,
	KEY_F1, KEY_F12 = KEY_F1 + 11, KEY_F63 = KEY_F1 + 62,
	KEY_KP_SLASH, KEY_KP_STAR, KEY_KP_MINUS, KEY_KP_PLUS, KEY_KP_PERIOD,
	KEY_KP_ENTER, KEY_KP_0, KEY_KP_9 = KEY_KP_0 + 9,
	KEY_FOCUS_IN, KEY_FOCUS_OUT, KEY_PASTE_START, KEY_PASTE_END,
	KEY_THEME_DARK, KEY_THEME_LIGHT,
	KEY_MOUSE,	/* a raw mouse event: see struct mouse_event */
	KEY_DRAGGING,
	KEY_CAPS_LOCK, KEY_MENU, KEY_PAUSE, KEY_PRINT, KEY_SCROLL_LOCK, KEY_NUM_LOCK,
	KEY_USER_0, KEY_USER_MAX = KEY_USER_0 + 999,
	/* Decided by the server: MouseDown1Pane ...; see key_mouse(). */
	KEY_MOUSE_BASE
};
/*
 * Escape is 0x1b, Enter is '\r', Tab is '\t', Backspace is KEY_BSPACE.  C-a is
 * 'a' | KEY_CTRL (never 0x01), so is C-Space ' ' | KEY_CTRL.
 */

/* Mouse keys: KEY_MOUSE_BASE + (type * MOUSE_BUTTONS + button) * MOUSE_WHERE + where. */
enum mouse_type {
	MOUSE_DOWN, MOUSE_UP, MOUSE_DRAG, MOUSE_DRAG_END, MOUSE_WHEEL_UP,
	MOUSE_WHEEL_DOWN, MOUSE_SECOND_CLICK, MOUSE_DOUBLE_CLICK,
	MOUSE_TRIPLE_CLICK, MOUSE_MOVE, MOUSE_TYPES
};
enum mouse_where {
	WHERE_PANE, WHERE_BORDER, WHERE_STATUS, WHERE_STATUS_LEFT,
	WHERE_STATUS_RIGHT, WHERE_STATUS_DEFAULT, WHERE_SCROLLBAR_UP,
	WHERE_SCROLLBAR_SLIDER, WHERE_SCROLLBAR_DOWN, WHERE_EMPTY,
	WHERE_CONTROL_0, WHERE_CONTROL_9 = WHERE_CONTROL_0 + 9, WHERE_COUNT
};
#define MOUSE_BUTTONS	12
key_code key_mouse(enum mouse_type, int button, enum mouse_where);
bool	 key_is_mouse(key_code);
void	 key_mouse_split(key_code, enum mouse_type *, int *button, enum mouse_where *);

/* One mouse event as the outer terminal told it, position in cells. */
struct mouse_event {
	uint8_t	 type;		/* MOUSE_DOWN, UP, DRAG, MOVE, WHEEL_* */
	uint8_t	 button;	/* 1.. ; 0 with MOUSE_MOVE */
	int16_t	 x, y;		/* cells, 0-based, in the client's screen */
	int16_t	 px, py;	/* pixels, -1 if not known */
	uint8_t	 mods;		/* KEY_SHIFT.. >> 24 */
};

/* One key event.  text: what it would type (kitty), "" if only code says it. */
struct key_event {
	key_code		code;
	uint8_t			action;	/* 0 press, 1 repeat, 2 release */
	key_code		base;	/* kitty alternate: key of the base layout, or 0 */
	key_code		shifted; /* kitty alternate: shifted key, or 0 */
	struct mouse_event	mouse;	/* if code is KEY_MOUSE */
};

/*
 * "C-M-x", "F5", "PPage", "MouseDown1Pane", "0x41", "User3", "None", "Any" to a
 * code and back.  key_parse returns KEY_UNKNOWN for what it does not know.
 * key_name writes into buf and returns it.
 */
key_code	 key_parse(const char *);
const char	*key_name(key_code, char *buf, size_t cap);

/*
 * Bytes that a program in a pane with these modes expects for the key; appended to
 * out.  Returns false if the key has none (then nothing is sent).
 */
bool	 key_encode(const struct key_event *, uint32_t modes, int kitty_flags,
	    int modify_other, struct buf *out);
/* Or'd to the level in modify_other: CSI code;m u in place of CSI 27;m;code ~. */
#define KEY_OTHER_CSI_U	0x10
/*
 * x, y relative to the pane, and so must be the event's px and py if they are
 * known (they only matter with MODE_MOUSE_PIXELS).  False if the pane does not want
 * this event.
 */
bool	 mouse_encode(const struct mouse_event *, int x, int y, uint32_t modes,
	    struct buf *out);

#endif
