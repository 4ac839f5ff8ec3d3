/* SPDX-License-Identifier: ISC */
#ifndef TTY_DRAW_H
#define TTY_DRAW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "term/canvas.h"
#include "tty/features.h"
#include "tty/tinfo.h"

#define TTY_CLIPBOARD_MAX	(1024 * 1024)	/* bytes before base64 */
#define TTY_TITLE_MAX		256		/* bytes of UTF-8 */
#define TTY_HINTS_MAX		64

/* What is wanted of the outer terminal besides the picture. */
struct tty_modes {
	uint32_t	 mouse;		/* the widest MODE_MOUSE_*; 0 off */
	bool		 mouse_pixels;	/* 1016, if the terminal was seen to know it */
	const char	*title;		/* NULL: leave it */
	const char	*path;		/* OSC 7, "file://host/dir"; NULL: leave it */
	int		 progress;	/* OSC 9;4: state << 8 | percent; 0 none */
	int		 kitty_flags;	/* -1: our own choice; else exactly these */
	bool		 extkeys;	/* extended keys wanted (kitty or modifyOtherKeys) */
};

struct tty_rect {
	int	x, y, w, h;
};

struct tty_draw;

/*
 * tinfo and the features are borrowed for as long as the object lives.  Nothing
 * is believed of the terminal before tty_draw_start().
 */
struct tty_draw	*tty_draw_new(const struct tinfo *, const struct tty_features *);
void		 tty_draw_free(struct tty_draw *);

/* The terminal's size; the picture is cut to it.  A change repaints. */
void		 tty_draw_resize(struct tty_draw *, int cols, int rows);
/* The features have changed (features_reply); a repaint if it shows. */
void		 tty_draw_features(struct tty_draw *, struct buf *out);
/* Nothing is known of what the terminal shows: repaint with the next update. */
void		 tty_draw_invalidate(struct tty_draw *);

/* Take the terminal over; give it back as it was, as for a suspend too. */
void		 tty_draw_start(struct tty_draw *, struct buf *out);
void		 tty_draw_stop(struct tty_draw *, struct buf *out);

/* Only the difference to what was set is written.  Safe before start. */
void		 tty_draw_set_modes(struct tty_draw *, const struct tty_modes *,
		    struct buf *out);

/*
 * Rectangles whose content is likely to scroll (the panes), for scrolling
 * between left and right margins.  Kept until set again; never needed for
 * a right picture.
 */
void		 tty_draw_hints(struct tty_draw *, const struct tty_rect *, size_t n);

/*
 * Make the terminal show the canvas, its cursor included.  Holds references to
 * the rows of the canvas, which must therefore be changed by row_own() only
 * (as canvas.h does).  Returns -1 if out was full: nothing was written then and
 * the next update repaints; nothing is written when nothing differs.
 */
int		 tty_draw_update(struct tty_draw *, struct canvas *, struct buf *out);

void		 tty_draw_bell(struct tty_draw *, struct buf *out);
/* OSC 52.  sel: "c", "p", "" ...; false if it cannot or it is too long. */
bool		 tty_draw_clipboard(struct tty_draw *, const char *sel,
		    const void *, size_t, struct buf *out);
/* A notification (OSC 9) made harmless; false if the terminal cannot. */
bool		 tty_draw_notify(struct tty_draw *, const char *text,
		    struct buf *out);

#endif /* TTY_DRAW_H */
