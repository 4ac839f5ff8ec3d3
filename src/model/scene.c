/* SPDX-License-Identifier: ISC */

/*
 * scene.c - the model and a client's size -> the picture this client should
 * see.
 *
 *	 surface 2  overlay		menu, popup: over everything
 *	 surface 16+id  panes		cut to the room between status lines
 *	 surface 1  chrome		status, borders, messages, outside
 *
 * Two stages.  The chrome is drawn when something it shows may have changed:
 * the model's version_seen, the client's redraw counter, sizes, the message,
 * or the status interval.  A line that comes out as it was keeps its row, and a
 * chrome of which no line changed keeps its snap.  The view is put together
 * every time, from one pointer per pane; if all of them are those of the last
 * view, the last view it is.  So output of a pane costs no expansion of any
 * format and no drawing.
 *
 * Hidden places: panes under a zoom, and those of the windows one may turn to
 * next, go along unseen, so that the client has them when they are wanted.
 * Their pictures are taken at most once per HIDDEN_US: nobody looks.
 */

#include "model/scene.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/xmalloc.h"
#include "model/layout.h"
#include "model/option.h"
#include "model/scene-int.h"

#define HIDDEN_US	(1 * USEC_PER_SEC)
#define HIDDEN_MAX	32		/* places; of other windows' panes */

/* -- Where things lie ----------------------------------------------------- */

/* One direction of a window that is larger than its room. */
static int
offset_follow(int cursor, int room, int size)
{
	if (room >= size || cursor < room)
		return (0);
	if (cursor > size - room)
		return (size - room);
	return (cursor - room / 2);
}

static int
offset_pan(int *pan, int room, int size)
{
	if (room >= size)
		*pan = 0;
	else if (*pan + room > size)
		*pan = size - room;
	if (*pan < 0)
		*pan = 0;
	return (*pan);
}

/* focus is the picture of the active pane, NULL if there is none yet. */
static void
plan_offset(struct scene_plan *pl, struct client *c, struct window *w,
    const struct snap *focus)
{
	struct pane	*p = w->active;
	int		 cx = 0, cy = 0;
	bool		 visible;

	pl->ox = pl->oy = 0;
	if (w->cols <= pl->w && w->rows <= pl->h)
		return;
	if (c->pan_set && c->pan_window == w->id) {
		pl->ox = offset_pan(&c->pan_x, pl->w, w->cols);
		pl->oy = offset_pan(&c->pan_y, pl->h, w->rows);
		return;
	}
	if (p == NULL)
		return;
	if (focus != NULL) {
		cx = focus->cx;
		cy = focus->cy;
		visible = (focus->modes & MODE_CURSOR) != 0;
	} else {
		emu_cursor(p->emu, &cx, &cy);
		visible = (emu_modes(p->emu) & MODE_CURSOR) != 0;
	}
	if (!visible)
		return;
	pl->ox = offset_follow(p->x + cx, pl->w, w->cols);
	pl->oy = offset_follow(p->y + cy, pl->h, w->rows);
}

static void
plan_init(struct scene_plan *pl, struct client *c)
{
	int	 line;

	memset(pl, 0, sizeof *pl);
	pl->cols = c->cols > 0 ? c->cols : 1;
	pl->rows = c->rows > 0 ? c->rows : 1;
	pl->status_lines = client_status_lines(c);
	pl->w = pl->cols;
	pl->h = pl->rows - pl->status_lines;
	if (client_status_at_top(c))
		pl->y = pl->status_lines;
	else
		pl->status_y = pl->h;
	if (pl->status_lines == 0) {
		pl->line_y = client_status_at_top(c) ? 0 : pl->rows - 1;
		return;
	}
	line = (int)options_number(c->session->options, "message-line");
	if (line > pl->status_lines - 1)
		line = pl->status_lines - 1;
	pl->line_y = pl->status_y + line;
}

static struct window *
client_window(struct client *c)
{
	if (c->session == NULL || c->session->dead ||
	    c->session->current == NULL)
		return (NULL);
	return (c->session->current->window);
}

struct snap *
scene_chrome(struct client *c)
{
	return (c->scene != NULL ? c->scene->chrome_snap : NULL);
}

void
scene_offset(struct client *c, int *ox, int *oy, int *w, int *h)
{
	struct window		*win = client_window(c);
	struct scene_plan	 pl;

	*ox = *oy = *w = *h = 0;
	if (win == NULL)
		return;
	plan_init(&pl, c);
	if (c->scene != NULL && c->scene->plan.cols == pl.cols &&
	    c->scene->plan.rows == pl.rows && c->scene->window == win->id) {
		pl.ox = c->scene->plan.ox;
		pl.oy = c->scene->plan.oy;
	} else
		plan_offset(&pl, c, win, NULL);
	*ox = pl.ox;
	*oy = pl.oy;
	*w = pl.w < win->cols ? pl.w : win->cols;
	*h = pl.h < win->rows ? pl.h : win->rows;
}

/* -- Chrome --------------------------------------------------------------- */

static bool
message_shown(struct client *c)
{
	return (c->message.text != NULL &&
	    c->message.until_us > c->model->now_us);
}

static bool
plan_same(const struct scene_plan *a, const struct scene_plan *b)
{
	return (a->cols == b->cols && a->rows == b->rows &&
	    a->status_y == b->status_y &&
	    a->status_lines == b->status_lines && a->x == b->x &&
	    a->y == b->y && a->w == b->w && a->h == b->h &&
	    a->ox == b->ox && a->oy == b->oy && a->line_y == b->line_y);
}

static bool
chrome_stale(struct scene *sc, struct client *c, struct window *w,
    const struct scene_plan *pl)
{
	const char	*message = message_shown(c) ? c->message.text : NULL;

	return (!sc->drawn || sc->seen != c->model->version_seen ||
	    sc->redraw != c->redraw || sc->session != c->session->id ||
	    sc->window != w->id || !plan_same(&sc->plan, pl) ||
	    !str_eq(sc->message, message) ||
	    sc->prompt != (c->prompt != NULL) ||
	    c->model->now_us >= sc->next_us);
}

/* The colours that window-style gives a pane. */
static void
paints_update(struct scene *sc, struct client *c, struct window *w)
{
	struct pane	*p;
	struct format	*ft;
	struct style	 st, active;
	struct scene_paint *to;

	sc->npaints = 0;
	TAILQ_FOREACH(p, &w->panes, entry) {
		if (!pane_visible(p))
			continue;
		ft = format_for(c->model, FORMAT_NOJOBS, c, c->session,
		    c->session->current, p);
		options_style(p->options, "window-style", ft, &st);
		if (p == w->active) {
			options_style(p->options, "window-active-style", ft,
			    &active);
			if (active.fg != COLOUR_DEFAULT)
				st.fg = active.fg;
			if (active.bg != COLOUR_DEFAULT)
				st.bg = active.bg;
		}
		format_free(ft);
		if (sc->npaints == sc->paints_cap) {
			sc->paints_cap = sc->paints_cap * 2 + 8;
			sc->paints = xreallocarray(sc->paints, sc->paints_cap,
			    sizeof *sc->paints);
		}
		to = &sc->paints[sc->npaints++];
		to->pane = p->id;
		to->fg = st.fg;
		to->bg = st.bg;
	}
}

static void
chrome_draw(struct scene *sc, struct client *c, struct window *w,
    const struct scene_plan *pl)
{
	long long	 interval;

	sc->plan = *pl;
	sc->window = w->id;
	sc->session = c->session->id;
	sc->nspans = 0;
	/* Here, since formats may touch what they ask. */
	sc->seen = c->model->version_seen;
	sc->redraw = c->redraw;
	sc->prompt = c->prompt != NULL;
	free(sc->message);
	sc->message = message_shown(c) ? xstrdup(c->message.text) : NULL;
	sc->status_us = c->model->now_us;
	interval = options_number(c->session->options, "status-interval");
	sc->next_us = interval <= 0 || pl->status_lines == 0 ? USEC_NEVER :
	    sc->status_us + (usec_t)interval * USEC_PER_SEC;

	canvas_resize(sc->chrome, pl->cols, pl->rows);
	scene_border_draw(sc, c, w);
	scene_status_draw(sc, c);
	if (sc->message != NULL || sc->prompt)
		scene_message_draw(sc, c);
	paints_update(sc, c, w);
	sc->drawn = true;
}

/* Prompts change with every key, and nobody says so: draw theirs always. */
static void
prompt_draw(struct scene *sc, struct client *c, const struct scene_ops *ops,
    void *arg)
{
	int	 x;

	sc->chrome->cx = sc->chrome->cy = -1;
	if (c->prompt == NULL || sc->message != NULL ||
	    ops->prompt_draw == NULL)
		return;
	x = ops->prompt_draw(arg, c, sc->chrome, sc->plan.line_y,
	    sc->plan.cols);
	if (x >= 0) {
		sc->chrome->cx = x < sc->plan.cols ? x : sc->plan.cols - 1;
		sc->chrome->cy = sc->plan.line_y;
	}
}

/* Settle the chrome's snap; lines that are as they were keep their rows. */
static void
chrome_settle(struct scene *sc)
{
	struct canvas	*cv = sc->chrome;
	struct snap	*old = sc->chrome_snap, *new;
	uint32_t	 modes = cv->cx >= 0 ? MODE_CURSOR : 0;
	bool		 sized, changed = false;
	int		 y;

	sized = old != NULL && old->cols == cv->cols && old->rows == cv->rows;
	for (y = 0; y < cv->rows; y++) {
		if (sized && cv->row[y] == old->row[y])
			continue;
		if (sized && row_same(cv->row[y], old->row[y]))
			canvas_set_row(cv, y, old->row[y]);
		else
			changed = true;
	}
	if (sized && !changed && (old->modes & MODE_CURSOR) == modes &&
	    (modes == 0 || (old->cx == cv->cx && old->cy == cv->cy)))
		return;
	new = canvas_snap(cv, ++sc->chrome_version, modes);
	snap_unref(old);
	sc->chrome_snap = new;
}

/* -- View ----------------------------------------------------------------- */

static void
place_paint(const struct scene *sc, const struct pane *p,
    struct view_place *pl)
{
	size_t	 i;

	for (i = 0; i < sc->npaints; i++) {
		if (sc->paints[i].pane == p->id) {
			pl->fg = sc->paints[i].fg;
			pl->bg = sc->paints[i].bg;
			return;
		}
	}
}

/* Cut [*at, *at + *len) to [low, low + room); *off grows with what goes. */
static bool
cut(int *at, int *len, int *off, int low, int room)
{
	if (*at < low) {
		*off += low - *at;
		*len -= low - *at;
		*at = low;
	}
	if (*at + *len > low + room)
		*len = low + room - *at;
	return (*len > 0);
}

static void
view_add_pane(struct view *v, const struct scene *sc, struct pane *p,
    struct snap *snap, bool over_line)
{
	const struct scene_plan	*pl = &sc->plan;
	struct view_place	 place;
	int			 x, y, w = p->cols, h = p->rows;
	int			 ox = 0, oy = 0, top = pl->y, room = pl->h;

	/* Without status lines a message takes a line of the panes. */
	if (over_line && pl->status_lines == 0) {
		if (pl->line_y == 0)
			top++;
		room--;
	}
	x = pl->x + p->x - pl->ox;
	y = pl->y + p->y - pl->oy;
	if (!cut(&x, &w, &ox, pl->x, pl->w) ||
	    !cut(&y, &h, &oy, top, room))
		return;
	memset(&place, 0, sizeof place);
	place.surface = SURFACE_PANE(p->id);
	place.x = (int16_t)x;
	place.y = (int16_t)y;
	place.w = (uint16_t)w;
	place.h = (uint16_t)h;
	place.ox = (uint16_t)ox;
	place.oy = (uint16_t)oy;
	place.flags = p->mode == NULL ? VIEW_PLACE_PANE : 0;
	place.snap = snap;
	place_paint(sc, p, &place);
	view_add(v, &place);
}

static struct snap *
snap_of(const struct scene_ops *ops, void *arg, struct pane *p)
{
	if (ops->pane_snap != NULL)
		return (ops->pane_snap(arg, p));
	return (emu_snap(p->emu));
}

struct hidden {
	struct view		*v;
	struct scene		*sc;
	const struct scene_ops	*ops;
	void			*arg;
	bool			 fresh;		/* take new pictures */
	int			 n;
};

static void
hidden_add(struct hidden *hd, struct pane *p)
{
	struct view_place	 place;
	const struct view_place	*old = NULL;
	struct view		*last = hd->sc->view;
	struct snap		*snap;
	int			 i;

	if (hd->n >= HIDDEN_MAX)
		return;
	memset(&place, 0, sizeof place);
	place.surface = SURFACE_PANE(p->id);
	place.w = (uint16_t)p->cols;
	place.h = (uint16_t)p->rows;
	place.flags = VIEW_PLACE_HIDDEN;
	for (i = 0; last != NULL && i < last->nplaces; i++) {
		if (last->places[i].surface == place.surface) {
			old = &last->places[i];
			break;
		}
	}
	if (old != NULL && old->snap != NULL && !hd->fresh) {
		if (p->mode == NULL &&
		    emu_version(p->emu) != old->snap->version)
			hd->sc->hidden_stale = true;
		snap = snap_ref(old->snap);
	} else
		snap = snap_of(hd->ops, hd->arg, p);
	place.snap = snap;
	if (snap != NULL && view_add(hd->v, &place))
		hd->n++;
	snap_unref(snap);
}

static void
hidden_add_window(struct hidden *hd, struct window *w, struct client *c)
{
	struct pane	*p;
	int		 i;

	if (w == client_window(c))
		return;
	/* A window may be linked twice. */
	for (i = 0; i < hd->v->nplaces; i++)
		if (w->active != NULL &&
		    hd->v->places[i].surface == SURFACE_PANE(w->active->id))
			return;
	TAILQ_FOREACH(p, &w->panes, entry)
		if (pane_visible(p))
			hidden_add(hd, p);
}

/* Most likely first: under the zoom, the last window, the neighbours. */
static void
view_add_hidden(struct view *v, struct scene *sc, struct client *c,
    struct window *w, const struct scene_ops *ops, void *arg)
{
	struct session	*s = c->session;
	struct hidden	 hd = { v, sc, ops, arg, false, 0 };
	struct winlink	*wl;
	struct pane	*p;
	usec_t		 now = c->model->now_us;

	hd.fresh = now - sc->hidden_us >= HIDDEN_US || now < sc->hidden_us;
	if (hd.fresh)
		sc->hidden_us = now;
	sc->hidden_stale = false;
	if (w->zoomed)
		TAILQ_FOREACH(p, &w->panes, entry)
			if (!pane_visible(p))
				hidden_add(&hd, p);
	wl = TAILQ_FIRST(&s->stack);
	if (wl != NULL)
		hidden_add_window(&hd, wl->window, c);
	hidden_add_window(&hd, session_winlink_step(s, s->current, 1)->window,
	    c);
	hidden_add_window(&hd, session_winlink_step(s, s->current,
	    -1)->window, c);
	TAILQ_FOREACH(wl, &s->stack, sentry) {
		if (hd.n >= HIDDEN_MAX)
			break;
		hidden_add_window(&hd, wl->window, c);
	}
}

static void
view_add_snap(struct view *v, uint32_t surface, int x, int y,
    struct snap *snap)
{
	struct view_place	 place;

	memset(&place, 0, sizeof place);
	place.surface = surface;
	place.x = (int16_t)x;
	place.y = (int16_t)y;
	place.w = snap->cols;
	place.h = snap->rows;
	place.snap = snap;
	view_add(v, &place);
}

static struct view *
view_make(struct scene *sc, struct client *c, struct window *w,
    struct snap *focus, const struct scene_ops *ops, void *arg)
{
	struct view	*v = view_new(sc->plan.cols, sc->plan.rows);
	struct snap	*snap;
	struct pane	*p;
	bool		 line = sc->message != NULL || c->prompt != NULL;
	int		 x, y;

	view_add_snap(v, SURFACE_CHROME, 0, 0, sc->chrome_snap);
	TAILQ_FOREACH(p, &w->panes, entry) {
		if (!pane_visible(p))
			continue;
		snap = p == w->active ? snap_ref(focus) :
		    snap_of(ops, arg, p);
		if (snap != NULL)
			view_add_pane(v, sc, p, snap, line);
		snap_unref(snap);
	}
	view_add_hidden(v, sc, c, w, ops, arg);
	v->focus = SURFACE_PANE(w->active->id);

	/* Focus is where keys go: no guesses into a pane under a prompt. */
	if (c->prompt != NULL)
		v->focus = SURFACE_CHROME;
	snap = ops->overlay_snap != NULL ?
	    ops->overlay_snap(arg, c, &x, &y) : NULL;
	if (snap != NULL) {
		view_add_snap(v, SURFACE_OVERLAY, x, y, snap);
		v->focus = SURFACE_OVERLAY;
		snap_unref(snap);
	}
	return (v);
}

struct view *
scene_build(struct client *c, const struct scene_ops *ops, void *arg)
{
	struct window		*w = client_window(c);
	struct scene		*sc = c->scene;
	struct scene_plan	 pl;
	struct snap		*focus;
	struct view		*v;

	if (w == NULL || w->active == NULL)
		return (sc != NULL && sc->view != NULL ? view_ref(sc->view) :
		    view_new(c->cols > 0 ? c->cols : 1,
		    c->rows > 0 ? c->rows : 1));
	if (sc == NULL) {
		sc = c->scene = xcalloc(1, sizeof *sc);
		sc->chrome = canvas_new(1, 1);
	}
	focus = snap_of(ops, arg, w->active);
	plan_init(&pl, c);
	plan_offset(&pl, c, w, focus);
	if (chrome_stale(sc, c, w, &pl))
		chrome_draw(sc, c, w, &pl);
	prompt_draw(sc, c, ops, arg);
	chrome_settle(sc);

	v = view_make(sc, c, w, focus, ops, arg);
	snap_unref(focus);
	if (sc->view != NULL && view_same(sc->view, v)) {
		view_unref(v);
		return (view_ref(sc->view));
	}
	view_unref(sc->view);
	sc->view = v;
	return (view_ref(v));
}

void
scene_free(struct scene *sc)
{
	if (sc == NULL)
		return;
	view_unref(sc->view);
	snap_unref(sc->chrome_snap);
	canvas_free(sc->chrome);
	free(sc->message);
	free(sc->spans);
	free(sc->paints);
	free(sc);
}

usec_t
scene_deadline(struct client *c)
{
	struct scene	*sc = c->scene;
	usec_t		 at = USEC_NEVER;

	if (client_window(c) == NULL)
		return (USEC_NEVER);
	if (sc == NULL || !sc->drawn)
		return (c->model->now_us);
	at = sc->next_us;
	/* As long as it is drawn, also when its time is up already. */
	if (sc->message != NULL && c->message.text != NULL && c->message.until_us < at)
		at = c->message.until_us;
	if (sc->hidden_stale && sc->hidden_us + HIDDEN_US < at)
		at = sc->hidden_us + HIDDEN_US;
	return (at);
}

/* -- What is under a position --------------------------------------------- */

static void
hit_span(struct client *c, const struct scene_span *sp, struct scene_hit *hit)
{
	const struct style_span	*s = &sp->span;
	const char		*name = "";

	switch (s->range) {
	case STYLE_RANGE_LEFT:
		hit->where = WHERE_STATUS_LEFT;
		name = "left";
		break;
	case STYLE_RANGE_RIGHT:
		hit->where = WHERE_STATUS_RIGHT;
		name = "right";
		break;
	case STYLE_RANGE_WINDOW:
		hit->winlink = session_winlink(c->session, (int)s->arg);
		if (hit->winlink != NULL)
			hit->where = WHERE_STATUS;
		name = "window";
		break;
	case STYLE_RANGE_PANE:
		hit->pane = model_pane(c->model, s->arg);
		if (hit->pane != NULL)
			hit->where = WHERE_STATUS;
		name = "pane";
		break;
	case STYLE_RANGE_SESSION:
		hit->session = model_session(c->model, s->arg);
		if (hit->session != NULL)
			hit->where = WHERE_STATUS;
		name = "session";
		break;
	case STYLE_RANGE_USER:
		hit->where = WHERE_STATUS;
		name = s->user;
		break;
	case STYLE_RANGE_CONTROL:
		if (s->arg <= 9)
			hit->where = WHERE_CONTROL_0 + (int)s->arg;
		name = "control";
		break;
	}
	strlcpy(hit->range, name, sizeof hit->range);
}

static const struct scene_span *
span_at(const struct scene *sc, int x, int y, bool border)
{
	const struct scene_span	*sp;
	size_t			 i;

	for (i = 0; i < sc->nspans; i++) {
		sp = &sc->spans[i];
		if (sp->y == y && sp->border == border && x >= sp->span.x &&
		    x < sp->span.x + sp->span.w)
			return (sp);
	}
	return (NULL);
}

/* The pane left of or above a border, else the one it is the top of. */
static struct pane *
border_pane(struct window *w, int x, int y)
{
	struct pane	*p;

	TAILQ_FOREACH(p, &w->panes, entry)
		if (pane_visible(p) && x == p->x + p->cols &&
		    y >= p->y - 1 && y <= p->y + p->rows)
			return (p);
	TAILQ_FOREACH(p, &w->panes, entry)
		if (pane_visible(p) && y == p->y + p->rows &&
		    x >= p->x && x < p->x + p->cols)
			return (p);
	TAILQ_FOREACH(p, &w->panes, entry)
		if (pane_visible(p) && y == p->y - 1 &&
		    x >= p->x && x < p->x + p->cols)
			return (p);
	return (NULL);
}

void
scene_hit(struct client *c, int x, int y, struct scene_hit *hit)
{
	struct window		*w = client_window(c);
	struct scene		*sc = c->scene;
	const struct scene_span	*sp;
	struct pane		*p;
	int			 wx, wy;

	memset(hit, 0, sizeof *hit);
	hit->where = WHERE_EMPTY;
	if (w == NULL || sc == NULL || !sc->drawn)
		return;
	hit->session = c->session;
	if (y >= sc->plan.status_y &&
	    y < sc->plan.status_y + sc->plan.status_lines) {
		hit->where = WHERE_STATUS_DEFAULT;
		sp = span_at(sc, x, y, false);
		if (sp != NULL)
			hit_span(c, sp, hit);
		return;
	}
	wx = x - sc->plan.x + sc->plan.ox;
	wy = y - sc->plan.y + sc->plan.oy;
	if (wx < 0 || wy < 0 || wx >= w->cols || wy >= w->rows)
		return;
	TAILQ_FOREACH(p, &w->panes, entry) {
		if (!pane_visible(p) || wx < p->x || wy < p->y ||
		    wx >= p->x + p->cols || wy >= p->y + p->rows)
			continue;
		hit->where = WHERE_PANE;
		hit->pane = p;
		hit->x = wx - p->x;
		hit->y = wy - p->y;
		return;
	}
	sp = span_at(sc, x, y, true);
	if (sp != NULL && sp->span.range == STYLE_RANGE_CONTROL) {
		hit_span(c, sp, hit);
		hit->pane = model_pane(c->model, sp->pane);
		return;
	}
	hit->where = WHERE_BORDER;
	hit->pane = border_pane(w, wx, wy);
	hit->border_x = wx;
	hit->border_y = wy;
}
