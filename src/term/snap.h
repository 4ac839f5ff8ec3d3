/* SPDX-License-Identifier: ISC */

/*
 * snap.h - an immutable picture of one screen: rows by reference, cursor, modes.
 *
 * Made by an emulator (emu_snap), a mode (copy mode's own lines) or anything
 * that can draw rows; held by the views of clients.  It never changes once
 * more than its maker can see it.
 */

#ifndef TERM_SNAP_H
#define TERM_SNAP_H

#include "term/row.h"

/* snap.modes: what a client must know to predict, encode keys and draw. */
#define MODE_CURSOR		0x00000001u	/* DECTCEM: cursor visible */
#define MODE_CURSOR_BLINK	0x00000002u
#define MODE_INSERT		0x00000004u	/* IRM */
#define MODE_WRAP		0x00000008u	/* DECAWM */
#define MODE_KCURSOR		0x00000010u	/* DECCKM */
#define MODE_KKEYPAD		0x00000020u	/* DECKPAM */
#define MODE_ORIGIN		0x00000040u
#define MODE_MOUSE_X10		0x00000080u	/* 9 */
#define MODE_MOUSE_STANDARD	0x00000100u	/* 1000 */
#define MODE_MOUSE_BUTTON	0x00000200u	/* 1002 */
#define MODE_MOUSE_ALL		0x00000400u	/* 1003 */
#define MODE_MOUSE_UTF8		0x00000800u	/* 1005 */
#define MODE_MOUSE_SGR		0x00001000u	/* 1006 */
#define MODE_MOUSE_PIXELS	0x00002000u	/* 1016 */
#define MODE_ALT_SCROLL		0x00004000u	/* 1007 */
#define MODE_FOCUS		0x00008000u	/* 1004 */
#define MODE_BRACKETPASTE	0x00010000u	/* 2004 */
#define MODE_SYNC		0x00020000u	/* 2026 in force */
#define MODE_ALTERNATE		0x00040000u	/* alternate screen shown */
#define MODE_REVERSE_VIDEO	0x00080000u	/* DECSCNM */
#define MODE_CRLF		0x00100000u	/* LNM */
#define MODE_THEME		0x00200000u	/* 2031 */
#define MODE_RESIZE		0x00400000u	/* 2048 */
#define MODE_LRMARGIN		0x00800000u	/* DECLRMM */
#define MODE_WRAP_PENDING	0x01000000u	/* cursor sits on the last column, wrapped next */
#define MODE_APP_MODE		0x02000000u	/* a mode (copy, ...) is drawn, not the program */
#define MODE_BACKARROW		0x04000000u	/* DECBKM, 67: Backspace sends BS */
#define MODE_MOUSE_URXVT	0x08000000u	/* 1015 */
#define MODE_FORMAT_OTHER	0x10000000u	/* XTFMTKEYS 4: CSI u, not CSI 27 */
#define MODE_VT52		0x20000000u	/* DECANM reset: keys are VT52's */
#define MODE_MOUSE_ANY	(MODE_MOUSE_X10 | MODE_MOUSE_STANDARD | \
			 MODE_MOUSE_BUTTON | MODE_MOUSE_ALL)

/* DECSCUSR shapes. */
enum cursor_shape {
	CURSOR_DEFAULT, CURSOR_BLOCK, CURSOR_UNDERLINE, CURSOR_BAR
};

struct snap {
	uint32_t	  refs;
	uint64_t	  version;	/* grows with each change of the screen */
	uint16_t	  cols, rows;
	uint16_t	  cx, cy;	/* cursor cell, 0-based */
	uint8_t		  cursor_shape;
	uint8_t		  kitty_flags;	/* kitty keyboard flags in force */
	uint8_t		  modify_other;	/* modifyOtherKeys 0-2 */
	uint32_t	  cursor_colour; /* COLOUR_DEFAULT if the program set none */
	uint32_t	  modes;	/* MODE_* */
	uint32_t	  fg, bg;	/* OSC 10/11 of the pane, COLOUR_DEFAULT if unset */
	uint64_t	  top;		/* absolute number of line 0 */
	uint32_t	  epoch;	/* history numbering; grows at reflow and clear */
	struct row	**row;		/* `rows` references, never NULL */
};

struct snap	*snap_new(int cols, int rows);	/* rows filled with blank rows */
struct snap	*snap_ref(struct snap *);
void		 snap_unref(struct snap *);	/* NULL is fine */

#endif
