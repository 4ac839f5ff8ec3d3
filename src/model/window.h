/* SPDX-License-Identifier: ISC */

/* window.h - a window: panes tiled by a layout, linked into sessions. */

#ifndef MODEL_WINDOW_H
#define MODEL_WINDOW_H

#include "model/session.h"

struct layout_cell;

#define WINDOW_MIN	1
#define WINDOW_MAX	4096		/* columns and rows; also the row limit of the wire */

struct window {
	struct model		*model;
	uint32_t		 id;		/* @id */
	char			*name;
	struct pane_list	 panes;		/* in layout order */
	struct pane		*active;
	TAILQ_HEAD(, pane)	 last_panes;	/* newest first, without the active one */
	struct layout_cell	*layout;
	struct layout_cell	*saved_layout;	/* while zoomed */
	char			*old_layout;	/* for select-layout -o */
	int			 last_layout;	/* -1, or index for next-layout */
	int			 cols, rows;
	int			 manual_cols, manual_rows;
	int			 xpixel, ypixel; /* of a cell, 0 not known */
	bool			 zoomed;
	unsigned		 alerts;	/* WINLINK_* raised, not yet told */
	struct options		*options;
	time_t			 created, activity;
	usec_t			 activity_us;
	usec_t			 name_checked_us; /* automatic-rename */
	struct winlink_list	 links;
	uint32_t		 last_client;	/* id: for window-size latest */
	bool			 dead;
	TAILQ_ENTRY(window)	 entry;		/* in model->dead_windows */
	void			*data;
};

struct window	*window_new(struct model *, int cols, int rows);
void		 window_destroy(struct window *);	/* all panes and links too */
void		 window_set_name(struct window *, const char *);
void		 window_resize(struct window *, int cols, int rows);	/* layout too */
/* Size that the clients and window-size ask for; true if found. */
bool		 window_wanted_size(struct window *, int *cols, int *rows);
void		 window_recalculate(struct window *);	/* wanted size -> window_resize */
void		 model_recalculate(struct model *);	/* all windows */
/* Size of a window to be made in s for c (either may be NULL, not both). */
void		 window_default_size(struct session *, struct client *, int *cols, int *rows);

/*
 * A pane without a layout cell yet; see layout_split().  It comes behind (or before)
 * `after`; with NULL at the end (or the beginning), as for a full-size split.
 */
struct pane	*window_add_pane(struct window *, struct pane *after, bool before);
/*
 * Move a pane to another window, both halves of it: take out of list and layout (an
 * emptied window is left to the caller), and put into the list of another, where
 * it then needs a cell.
 */
void		 window_take_pane(struct pane *);
void		 window_give_pane(struct window *, struct pane *, struct pane *after, bool before);
/* Takes it out of list and layout, picks a new active one; destroys an empty window. */
void		 window_remove_pane(struct window *, struct pane *);
void		 window_lost_pane(struct window *, struct pane *); /* fix active and last */
int		 window_set_active(struct window *, struct pane *); /* 0 changed, 1 same */
struct pane	*window_pane_at(struct window *, int x, int y);
struct pane	*window_pane_index(struct window *, int index);	/* pane-base-index counted */
int		 window_index_of(struct window *, struct pane *);
unsigned	 window_count(struct window *);
struct pane	*window_step(struct window *, struct pane *, int n);	/* wraps */
struct pane	*window_find_up(struct pane *), *window_find_down(struct pane *);
struct pane	*window_find_left(struct pane *), *window_find_right(struct pane *);
/* {top-left}, {bottom}...: NULL if not such a word. */
struct pane	*window_find_word(struct window *, const char *);
int		 window_zoom(struct pane *);
int		 window_unzoom(struct window *);
bool		 window_push_zoom(struct window *, bool always, bool flag); /* for -Z */
void		 window_pop_zoom(struct window *, bool was);
/*
 * Something rang, moved or fell silent: notes it at the links that nobody looks at, if
 * monitor-* asks, fires alert-* for each link that *-action applies to, and adds the
 * flag to w->alerts if there was one (the server then tells the clients and clears it).
 */
void		 window_set_alert(struct window *, unsigned winlink_flag);
bool		 window_alert_applies(struct winlink *, unsigned winlink_flag);
void		 window_clear_alerts(struct winlink *);
/* "*-Z" and so on; escape: '#' doubled. */
char		*window_flags(struct winlink *, bool escape);
char		*window_auto_name(struct window *);	/* automatic-rename-format expanded */

#endif
