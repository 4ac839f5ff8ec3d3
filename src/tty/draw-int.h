/* SPDX-License-Identifier: ISC */
#ifndef TTY_DRAW_INT_H
#define TTY_DRAW_INT_H

/* What the files draw*.c share; nobody else includes this. */

#include "tty/draw.h"

/* A rendition in terms that the terminal has. */
struct pen {
	uint32_t	 fg, bg, us;
	uint16_t	 attr;		/* of ATTR_VISIBLE */
	struct link	*link;		/* a reference in tty_draw.pen, else borrowed */
};

/* Of draw.ansi: which forms of ECMA-48 may be written without asking. */
#define ANSI_MOVE	0x0001		/* CUP */
#define ANSI_CUF	0x0002
#define ANSI_CUB	0x0004
#define ANSI_CUU	0x0008
#define ANSI_CUD	0x0010
#define ANSI_HPA	0x0020
#define ANSI_VPA	0x0040
#define ANSI_SGR	0x0080		/* attributes */
#define ANSI_OFF	0x0100		/* SGR 22 to 29 turn off */
#define ANSI_COLOUR	0x0200		/* 30 to 37 and 40 to 47 */
#define ANSI_DEFAULT	0x0400		/* 39 and 49 */
#define ANSI_LF		0x0800		/* LF goes down */

struct tty_draw {
	const struct tinfo		*ti;
	const struct tty_features	*f;
	int				 ansi;
	uint16_t			 attrs;		/* of ATTR_*, can be shown */
	char				 acs[128];	/* by VT100 letter, 0: none */

	int				 cols, rows;
	bool				 started;

	/* What the terminal shows. */
	bool				 valid;
	struct row			**shown;
	struct row			*blank;
	int				 cx, cy;	/* -1: not known */
	bool				 pending;	/* wraps with the next one */
	struct pen			 pen;
	bool				 pen_known;
	bool				 acs_on;
	bool				 cursor_on, cursor_known;
	int				 cursor_style;	/* DECSCUSR, -1 not known */
	uint32_t			 cursor_colour;

	/* What is set besides, so that it can be taken back. */
	uint32_t			 mouse;
	bool				 pixels, extkeys, title_pushed;
	bool				 paste, focus, theme;
	int				 kitty;		/* flags pushed, -1 none */
	char				*title, *path;
	int				 progress;
	struct tty_modes		 want;		/* strings are ours */

	struct tty_rect			 hint[TTY_HINTS_MAX];
	size_t				 hints;
	uint64_t			*hash;		/* 2 * rows */
	struct buf			 body;
	struct buf			 rmcup;	/* as it was at the start */
};

/* draw-pen.c */
void		 draw_pen_init(struct tty_draw *);	/* ansi, attrs, acs */
void		 draw_pen_forget(struct tty_draw *);
/* The rendition of a cell; may use what the pen has where it cannot be seen. */
void		 draw_pen_of(struct tty_draw *, const struct row *,
		    const struct cell *, struct pen *);
void		 draw_pen_set(struct tty_draw *, const struct pen *);
/* For erasing with a background. */
void		 draw_pen_erase(struct tty_draw *, uint32_t bg);
void		 draw_pen_reset(struct tty_draw *);
uint32_t	 draw_colour(const struct tty_draw *, uint32_t);
uint32_t	 draw_colour_to_rgb(uint32_t);	/* 0xrrggbb */
void		 draw_acs(struct tty_draw *, bool on);
/* The VT100 letter of a line drawing character, 0 if it has none. */
char		 draw_acs_letter(uint32_t cp);

/* draw-modes.c */
void		 draw_modes_apply(struct tty_draw *, struct buf *);

/* A character of a row that says all; past its end and cut wide ones: blank. */
const struct cell *draw_cell(const struct tty_draw *, const struct row *, int x);

#endif /* TTY_DRAW_INT_H */
