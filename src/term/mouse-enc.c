/* SPDX-License-Identifier: ISC */

/*
 * mouse-enc.c - mouse events as the program in a pane asked for them.
 *
 * Which events: X10 (9) presses of buttons 1 to 3; 1000 presses and releases;
 * 1002 also motion while a button is down; 1003 all motion.  How they are
 * written: three bytes offset by 32, those as UTF-8 (1005), decimal with M and
 * m (1006), that in pixels (1016), or decimal with M only (1015, urxvt).
 * Where none are asked for, the wheel may stand for cursor keys (1007).
 */

#include "base/utf8.h"
#include "term/key.h"

/* Button field of the report: low bits, motion and wheel. */
#define BTN_RELEASE	3
#define BTN_SHIFT	4
#define BTN_META	8
#define BTN_CTRL	16
#define BTN_MOTION	32
#define BTN_WHEEL	64
#define BTN_EXTRA	128

static int
button_field(const struct mouse_event *m)
{
	int	 b;

	switch (m->type) {
	case MOUSE_WHEEL_UP:
		b = BTN_WHEEL;
		break;
	case MOUSE_WHEEL_DOWN:
		b = BTN_WHEEL | 1;
		break;
	case MOUSE_MOVE:
		b = BTN_MOTION | BTN_RELEASE;
		break;
	default:
		if (m->button >= 8)
			b = BTN_EXTRA | ((m->button - 8) & 3);
		else if (m->button >= 6)	/* the wheel, sideways */
			b = BTN_WHEEL | (m->button - 4);
		else if (m->button >= 4)
			b = BTN_WHEEL | (m->button - 4);
		else
			b = m->button > 0 ? m->button - 1 : 0;
		if (m->type == MOUSE_DRAG)
			b |= BTN_MOTION;
	}
	if (m->mods & (KEY_SHIFT >> 24))
		b |= BTN_SHIFT;
	if (m->mods & (KEY_META >> 24))
		b |= BTN_META;
	if (m->mods & (KEY_CTRL >> 24))
		b |= BTN_CTRL;
	return (b);
}

/* One number of the old form; 0 if it does not fit, as xterm does. */
static void
add_old(struct buf *out, int n, bool utf8)
{
	char	 u[4];

	n += 32;
	if (utf8)
		buf_add(out, u, utf8_encode(n > 2047 ? 0 : n, u));
	else
		buf_addc(out, n > 255 ? 0 : n);
}

static bool
wanted(const struct mouse_event *m, uint32_t modes)
{
	switch (m->type) {
	case MOUSE_MOVE:
		return ((modes & MODE_MOUSE_ALL) != 0);
	case MOUSE_DRAG:
		return ((modes & (MODE_MOUSE_ALL | MODE_MOUSE_BUTTON)) != 0);
	case MOUSE_UP:
	case MOUSE_DRAG_END:
		return ((modes & (MODE_MOUSE_ALL | MODE_MOUSE_BUTTON |
		    MODE_MOUSE_STANDARD)) != 0);
	case MOUSE_DOWN:
	case MOUSE_WHEEL_UP:
	case MOUSE_WHEEL_DOWN:
	case MOUSE_SECOND_CLICK:
	case MOUSE_DOUBLE_CLICK:
	case MOUSE_TRIPLE_CLICK:
		if ((modes & MODE_MOUSE_ANY) == MODE_MOUSE_X10)
			return (m->type != MOUSE_WHEEL_UP &&
			    m->type != MOUSE_WHEEL_DOWN &&
			    m->button >= 1 && m->button <= 3);
		return ((modes & MODE_MOUSE_ANY) != 0);
	}
	return (false);
}

#define ALT_SCROLL_LINES	3	/* for a step of the wheel */

/* 1007: on the alternate screen the wheel types cursor keys. */
static bool
alternate_scroll(const struct mouse_event *m, uint32_t modes, struct buf *out)
{
	int	 i;

	if ((modes & (MODE_MOUSE_ANY | MODE_ALT_SCROLL | MODE_ALTERNATE)) !=
	    (MODE_ALT_SCROLL | MODE_ALTERNATE) ||
	    (m->type != MOUSE_WHEEL_UP && m->type != MOUSE_WHEEL_DOWN))
		return (false);
	for (i = 0; i < ALT_SCROLL_LINES; i++)
		buf_addf(out, "\033%c%c", (modes & MODE_KCURSOR) ? 'O' : '[',
		    m->type == MOUSE_WHEEL_UP ? 'A' : 'B');
	return (true);
}

bool
mouse_encode(const struct mouse_event *m, int x, int y, uint32_t modes,
    struct buf *out)
{
	bool	 up = m->type == MOUSE_UP || m->type == MOUSE_DRAG_END;
	int	 b;

	if (x >= 0 && y >= 0 && alternate_scroll(m, modes, out))
		return (true);
	if (x < 0 || y < 0 || !wanted(m, modes))
		return (false);
	b = button_field(m);
	if ((modes & MODE_MOUSE_ANY) == MODE_MOUSE_X10)
		b &= ~(BTN_SHIFT | BTN_META | BTN_CTRL);
	if ((modes & MODE_MOUSE_PIXELS) && m->px >= 0 && m->py >= 0) {
		buf_addf(out, "\033[<%d;%d;%d%c", b, m->px + 1, m->py + 1,
		    up ? 'm' : 'M');
		return (true);
	}
	if (modes & (MODE_MOUSE_SGR | MODE_MOUSE_PIXELS)) {
		buf_addf(out, "\033[<%d;%d;%d%c", b, x + 1, y + 1,
		    up ? 'm' : 'M');
		return (true);
	}
	if (up)				/* which button is not said */
		b = (b & (BTN_SHIFT | BTN_META | BTN_CTRL)) | BTN_RELEASE;
	if (modes & MODE_MOUSE_URXVT) {
		buf_addf(out, "\033[%d;%d;%dM", b + 32, x + 1, y + 1);
		return (true);
	}
	if (!(modes & MODE_MOUSE_UTF8) && (x + 33 > 255 || y + 33 > 255))
		return (false);
	buf_addstr(out, "\033[M");
	add_old(out, b, (modes & MODE_MOUSE_UTF8) != 0);
	add_old(out, x + 1, (modes & MODE_MOUSE_UTF8) != 0);
	add_old(out, y + 1, (modes & MODE_MOUSE_UTF8) != 0);
	return (true);
}
