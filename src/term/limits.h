/* SPDX-License-Identifier: ISC */

/*
 * limits.h - the most of everything that a program in a pane can make us
 * keep.  Those of rows are in row.h, those of the parser in parse.h.
 */

#ifndef TERM_LIMITS_H
#define TERM_LIMITS_H

#define EMU_HISTORY_MAX		10000000	/* lines */
#define EMU_EVENTS_MAX		1024	/* kept until somebody asks */
#define EMU_EVENT_BYTES_MAX	(4u << 20) /* of their texts, but for one */
#define EMU_REPLIES_MAX		65536	/* bytes; a program that does not read
					   gets no more answers */
#define EMU_STRING_MIN		(1u << 20) /* least osc_max */
#define EMU_TITLE_MAX		1024	/* bytes */
#define EMU_TITLES_MAX		10	/* pushed with CSI 22 t */
#define EMU_CWD_MAX		4096
#define EMU_NOTIFY_MAX		4096	/* bytes of a notification */
#define EMU_KITTY_STACK		8	/* pushed keyboard flags, per screen */
#define EMU_COLOURS_STACK	10	/* XTPUSHCOLORS */
#define EMU_PENS_MAX		10	/* XTPUSHSGR */
#define EMU_TAB_WIDTH		8

#endif
