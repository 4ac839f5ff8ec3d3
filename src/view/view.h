/* SPDX-License-Identifier: ISC */

/*
 * view.h - everything one client should see, as one immutable value.
 *
 * A picture is an ordered list of places, lowest first: which surface (a thing
 * with rows: a pane, the chrome of borders and status lines, an overlay) is
 * shown where on the client's screen.  The server settles one per client and
 * turn (model/scene.h) and gives it to the sender; the client gets one back
 * from its replica and composes it.  Snaps are shared, so that a view of ten
 * panes is ten pointers.
 *
 * Invariants: places are at most VIEW_PLACES_MAX; no surface is 0, and no two
 * places that are not hidden show one surface with different snaps.  Once
 * view_ref() was called a view never changes.
 */

#ifndef VIEW_VIEW_H
#define VIEW_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "term/snap.h"
#include "view/limits.h"

/* place.flags */
#define VIEW_PLACE_PANE		0x01	/* a program echoes here: predictable */
#define VIEW_PLACE_DIM		0x02	/* draw everything dim */
#define VIEW_PLACE_HIDDEN	0x04	/* not drawn, but kept warm */
#define VIEW_PLACE_WIRE		0x03	/* what the client is told */

struct view_place {
	uint32_t	 surface;
	int16_t		 x, y;		/* on the screen, or off it */
	uint16_t	 w, h;
	uint16_t	 ox, oy;	/* first column and line shown */
	uint8_t		 flags;
	uint32_t	 fg, bg;	/* instead of the default colours */
	struct snap	*snap;		/* at the client NULL if none came */
};

struct view {
	uint32_t		 refs;
	uint16_t		 cols, rows;	/* of the client's screen */
	uint32_t		 focus;		/* cursor and keys; 0 none */
	uint16_t		 nplaces, cap;
	struct view_place	*places;	/* lowest first */
};

/* An empty picture of refs 1, to be filled by view_add(). */
struct view	*view_new(int cols, int rows);
/*
 * Put a place on top; a reference of the snap (may be NULL) is taken.  False
 * if there are VIEW_PLACES_MAX already; then it is not added.
 */
bool		 view_add(struct view *, const struct view_place *);
struct view	*view_ref(struct view *);
void		 view_unref(struct view *);		/* NULL is fine */
/* The same picture: places, sizes and snaps (by pointer). */
bool		 view_same(const struct view *, const struct view *);
/* The highest place of a surface that is not hidden, or NULL. */
const struct view_place *view_find(const struct view *, uint32_t surface);

/*
 * How a pane echoes, and how far.  accepted and settled are offsets of the
 * client's input log (sync/inlog.h): input up to accepted was given to the
 * program, and everything it wrote in answer to input up to settled is in the
 * picture that this came with.
 */
#define VIEW_TTY_ECHO		0x0001
#define VIEW_TTY_ICANON		0x0002
#define VIEW_TTY_ISIG		0x0004
#define VIEW_TTY_IEXTEN		0x0008
#define VIEW_TTY_ECHOCTL	0x0010
#define VIEW_TTY_KNOWN		0x0020	/* there is a tty and it was asked */
#define VIEW_TTY_ICRNL		0x0040
#define VIEW_TTY_IXON		0x0080
#define VIEW_TTY_IUTF8		0x0100
#define VIEW_TTY_BUSY		0x0200	/* input not consumed for 50 ms */
#define VIEW_TTY_READING	0x0400	/* the program waits for a line */
#define VIEW_TTY_ECHOE		0x0800
#define VIEW_TTY_ECHOK		0x1000
#define VIEW_TTY_ECHOKE		0x2000
#define VIEW_TTY_PROGRAM	0x7fff0000u	/* view_program() */
#define VIEW_TTY_ALL		0x7fff3fffu

/*
 * The name of a program as bits of VIEW_TTY_PROGRAM, 0 for "": enough to tell
 * whether it is one of those that the other side knows.
 */
uint32_t view_program(const char *name);

enum view_char {
	VIEW_CHAR_ERASE, VIEW_CHAR_WERASE, VIEW_CHAR_KILL, VIEW_CHAR_EOF,
	VIEW_CHAR_INTR, VIEW_CHAR_QUIT, VIEW_CHAR_SUSP, VIEW_CHAR_LNEXT,
	VIEW_CHAR_REPRINT, VIEW_CHARS
};

struct view_echo {
	uint64_t	 accepted;
	uint64_t	 settled;	/* <= accepted */
	uint32_t	 tty;		/* VIEW_TTY_* */
	uint8_t		 chars[VIEW_CHARS];	/* 0: disabled */
};

/* Nothing accepted, nothing known, ^? ^W ^U ^D ^C ^\ ^Z ^V ^R. */
void	view_echo_init(struct view_echo *);
bool	view_echo_same(const struct view_echo *, const struct view_echo *);

/* What the client wants: the frame VIEW. */
#define VIEW_WANT_HIDDEN	0x01	/* send no pictures */
#define VIEW_WANT_FOCUSED	0x02	/* the outer terminal has the focus */
#define VIEW_WANT_LOW		0x04	/* spare the link */
#define VIEW_WANT_ALL		0x07

struct view_want {
	uint16_t	 cols, rows;
	uint16_t	 xpixel, ypixel;	/* of a cell; 0 unknown */
	uint16_t	 rate_max;		/* per second; 0 no cap */
	uint8_t		 flags;
};

/* The frames that sender_frame() and replica_frame() read. */
bool	view_owns_frame(uint8_t type);

#endif
