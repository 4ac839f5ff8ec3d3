/* SPDX-License-Identifier: ISC */

/*
 * scene.h - the model and a client's size -> the picture this client should see.
 *
 * The chrome (borders, status lines, messages, prompts) is one surface of the client's
 * full size under the panes; overlays are surfaces above.  scene_build draws only what
 * changed since the last and settles a struct view.
 */

#ifndef MODEL_SCENE_H
#define MODEL_SCENE_H

#include "model/client.h"
#include "model/format.h"

/* Surfaces: names on the wire of things with rows. */
#define SURFACE_CHROME		1u
#define SURFACE_OVERLAY		2u
#define SURFACE_PANE(id)	(16u + (id))
#define SURFACE_IS_PANE(s)	((s) >= 16u)
#define SURFACE_PANE_ID(s)	((s) - 16u)

/* How to get pictures of modes without knowing them. */
struct scene_ops {
	/* The picture of a pane now (its mode's if it has one): a new reference. */
	struct snap	*(*pane_snap)(void *arg, struct pane *);
	/* Client prompt on the status line: draws into the row; cursor column or -1. */
	int		 (*prompt_draw)(void *arg, struct client *, struct canvas *, int y,
			    int width);
	/* Overlay of a client: its picture and place; NULL none. */
	struct snap	*(*overlay_snap)(void *arg, struct client *, int *x, int *y);
};

/*
 * Settle the view of an attached client; a new reference.  now decides status time, message
 * expiry.  The same pointer comes back if nothing changed.
 */
struct view	*scene_build(struct client *, const struct scene_ops *, void *arg);
void		 scene_free(struct scene *);
/* When the scene would change by time alone (status-interval, message end); USEC_NEVER. */
usec_t		 scene_deadline(struct client *);

/* What lies under a position of the client's screen. */
struct scene_hit {
	int		 where;		/* enum mouse_where */
	struct pane	*pane;		/* WHERE_PANE, WHERE_BORDER: the pane left of or above it */
	int		 x, y;		/* inside the pane */
	struct winlink	*winlink;	/* WHERE_STATUS on a window */
	struct session	*session;
	int		 border_x, border_y;	/* WHERE_BORDER: window coordinates */
	char		 range[16];	/* left, right, window, pane, session, or a user range */
};
void		 scene_hit(struct client *, int x, int y, struct scene_hit *);
/* Borders and status as last drawn, for who draws over panes; borrowed, may be NULL. */
struct snap	*scene_chrome(struct client *);
/* Window offset shown (for windows larger than the client). */
void		 scene_offset(struct client *, int *ox, int *oy, int *w, int *h);

#endif
