/* SPDX-License-Identifier: ISC */

/*
 * emu-vt52.c - the older terminal that a VT100 can be (DECANM, mode ?2, reset).
 *
 *	ESC A B C D	cursor up, down, right, left; stops at the edges
 *	ESC F, G	graphics characters, and ASCII again
 *	ESC H, I	home; up, scrolling
 *	ESC J, K	erase to the end of the screen, of the line
 *	ESC Y row col	cursor, each number a character above 0x1f
 *	ESC Z		identify: ESC / Z
 *	ESC = >		keypad
 *	ESC <		be a VT100 again: conformance level 1
 *
 * VT100 User Guide, appendix on VT52 mode.  The characters after ESC Y come to us
 * as text, so they are asked for like what a single shift is for.
 */

#include "term/emu-int.h"

void
emu_vt52_enter(struct emu *e)
{
	e->modes |= MODE_VT52;
	e->charset[0] = CHARSET_ASCII;
	e->gl = e->single = 0;
	emu_choose_ops(e);
}

void
emu_vt52_leave(struct emu *e)
{
	e->modes &= ~MODE_VT52;
	emu_choose_ops(e);
}

void
emu_vt52(struct emu *e, uint8_t final)
{
	struct parse_seq	 s = { .final = final };

	e->single = 0;		/* an ESC Y without its numbers */
	switch (final) {
	case 'A':
	case 'B':
	case 'C':
	case 'D':
	case 'J':
	case 'K':
		emu_csi_plain(e, &s);
		break;
	case 'F':
		e->charset[0] = CHARSET_GRAPHICS;
		break;
	case 'G':
		e->charset[0] = CHARSET_ASCII;
		break;
	case 'H':
		emu_move(e, 0, 0);
		break;
	case 'I':
		e->pending = false;
		emu_reverse_index(e);
		break;
	case 'Y':
		e->single = SINGLE_ROW;
		break;
	case 'Z':
		emu_reply(e, "\033/Z");
		break;
	case '=':
		e->modes |= MODE_KKEYPAD;
		break;
	case '>':
		e->modes &= ~MODE_KKEYPAD;
		break;
	case '<':		/* a VT100, no more, until DECSCL */
		emu_vt52_leave(e);
		e->level = 1;
		break;
	case 'c':		/* not a VT52's, but a way out of anything */
		emu_hard_reset(e);
		break;
	}
}

/* A number out of range leaves the cursor's coordinate as it is. */
void
emu_vt52_address(struct emu *e, uint32_t c)
{
	int	 n = (int)c - 0x20;

	e->after_x = -1;
	if (e->single == SINGLE_ROW) {
		if (n >= 0 && n < e->rows)
			emu_move(e, e->cx, n);
		e->single = SINGLE_COLUMN;
	} else {
		if (n >= 0 && n < e->cols)
			emu_move(e, n, e->cy);
		e->single = 0;
	}
	emu_double_clip(e);
}
