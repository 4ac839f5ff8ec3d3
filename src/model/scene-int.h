/* SPDX-License-Identifier: ISC */

/* scene-int.h - between scene.c, scene-border.c and scene-status.c only. */

#ifndef MODEL_SCENE_INT_H
#define MODEL_SCENE_INT_H

#include "model/pane.h"
#include "model/scene.h"
#include "model/style.h"
#include "term/canvas.h"

#define SCENE_STATUS_MAX	5	/* rows of status */

/* What a click on a piece of the chrome means. */
struct scene_span {
	int			 y;
	uint32_t		 pane;		/* id, of border text only */
	bool			 border;
	struct style_span	 span;
};

/* Colours instead of default, from window-style. */
struct scene_paint {
	uint32_t		 pane, fg, bg;
};

/* Where things lie on the client's screen. */
struct scene_plan {
	int			 cols, rows;
	int			 status_y, status_lines;
	int			 x, y, w, h;	/* room for the window */
	int			 ox, oy;	/* first cell of the window shown */
	int			 line_y;	/* of messages and prompts */
};

struct scene {
	struct canvas		*chrome;
	struct snap		*chrome_snap;
	uint64_t		 chrome_version;
	struct view		*view;

	/* What the chrome was drawn from. */
	bool			 drawn;
	uint64_t		 seen, redraw;
	uint32_t		 session, window;
	struct scene_plan	 plan;
	char			*message;
	bool			 prompt;
	usec_t			 status_us;	/* when status was expanded */
	usec_t			 next_us;	/* and when it will be again */

	struct scene_span	*spans;
	size_t			 nspans, spans_cap;
	struct scene_paint	*paints;
	size_t			 npaints, paints_cap;
	usec_t			 hidden_us;	/* when hidden panes were pictured */
	bool			 hidden_stale;
};

/* A cell with the rendition of a style option and a blank in it. */
void	scene_style_cell(struct options *, const char *name, struct format *,
	    struct style *, struct cell *);
/* Append what format_draw() found; frees the array. */
void	scene_spans_add(struct scene *, int y, const struct pane *,
	    struct style_span *, size_t);

/* Borders, their text and what lies outside of the window. */
void	scene_border_draw(struct scene *, struct client *, struct window *);
/* All status lines (those under a message or prompt too). */
void	scene_status_draw(struct scene *, struct client *);
void	scene_message_draw(struct scene *, struct client *);

#endif
