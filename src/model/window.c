/* SPDX-License-Identifier: ISC */

/*
 * window.c - a window: panes tiled by a layout, linked into sessions.
 *
 * Invariants:
 *  1. A window that is alive has an active pane once it has any; the active
 *     pane is not on last_panes, every other is there at most once.
 *  2. While zoomed, `layout` is one cell with the active pane, saved_layout
 *     the real tree, and each pane's own cell waits in saved_cell.
 *  3. Removing the last pane destroys the window; destroying a window cuts its
 *     links and destroys the sessions that are left without any.
 *
 * Sizes: the clients that look at a window, and the option window-size, say
 * how large it should be (window_wanted_size).  A layout may need more than
 * that; then the window is as large as its layout and clients see a part.
 */

#include "model/window.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/str.h"
#include "base/xmalloc.h"
#include "model/client.h"
#include "model/format.h"
#include "model/layout.h"
#include "model/option.h"
#include "model/pane.h"
#include "model/tree.h"

/* Option window-size. */
enum { SIZE_LARGEST, SIZE_SMALLEST, SIZE_MANUAL, SIZE_LATEST };
/* Option pane-border-status. */
enum { STATUS_OFF, STATUS_TOP, STATUS_BOTTOM };

static int
clamp(int v, int low, int high)
{
	return (v < low ? low : v > high ? high : v);
}

/* -- Life ----------------------------------------------------------------- */

struct window *
window_new(struct model *m, int cols, int rows)
{
	struct window	*w = xcalloc(1, sizeof *w);

	w->model = m;
	w->id = m->next_window++;
	w->name = xstrdup("");
	TAILQ_INIT(&w->panes);
	TAILQ_INIT(&w->last_panes);
	TAILQ_INIT(&w->links);
	w->last_layout = -1;
	w->cols = clamp(cols, WINDOW_MIN, WINDOW_MAX);
	w->rows = clamp(rows, WINDOW_MIN, WINDOW_MAX);
	w->options = options_new(m->window_options);
	w->created = w->activity = m->wall;
	w->activity_us = m->now_us;
	w->last_client = UINT32_MAX;
	map_u32_set(&m->window_by_id, w->id, w);
	model_touch(m);
	model_notify(m, "window-created", NULL, NULL, w, NULL);
	return (w);
}

void
window_destroy(struct window *w)
{
	struct model	*m = w->model;
	struct winlink	*wl;
	struct session	*s;
	struct pane	*p;

	if (w->dead)
		return;
	w->dead = true;
	map_u32_del(&m->window_by_id, w->id);
	TAILQ_INSERT_TAIL(&m->dead_windows, w, entry);
	model_notify(m, "window-closed", NULL, NULL, w, NULL);
	while ((wl = TAILQ_FIRST(&w->links)) != NULL) {
		s = wl->session;
		session_detach(s, wl);
		if (TAILQ_EMPTY(&s->windows))
			session_destroy(s);
		else if (!s->dead && options_number(s->options, "renumber-windows"))
			session_renumber(s);
	}
	w->active = NULL;
	while ((p = TAILQ_FIRST(&w->panes)) != NULL) {
		window_lost_pane(w, p);
		TAILQ_REMOVE(&w->panes, p, entry);
		pane_destroy(p);
	}
	layout_free(w->layout);
	layout_free(w->saved_layout);
	w->layout = w->saved_layout = NULL;
	model_touch(m);
}

void
window_free(struct window *w)
{
	options_free(w->options);
	free(w->old_layout);
	free(w->name);
	free(w);
}

void
window_set_name(struct window *w, const char *name)
{
	char	*clean = str_vis(name, strlen(name));

	if (strcmp(clean, w->name) == 0) {
		free(clean);
		return;
	}
	free(w->name);
	w->name = clean;
	model_touch(w->model);
	model_notify(w->model, "window-renamed", NULL, NULL, w, NULL);
}

char *
window_auto_name(struct window *w)
{
	struct winlink	*wl = TAILQ_FIRST(&w->links);

	return (format_single(w->model, options_string(w->options,
	    "automatic-rename-format"), NULL, wl != NULL ? wl->session : NULL,
	    wl, w->active));
}

/* -- Sizes ---------------------------------------------------------------- */

void
window_resize(struct window *w, int cols, int rows)
{
	struct layout_cell	*root;
	int			 was_cols = w->cols, was_rows = w->rows;

	cols = clamp(cols, WINDOW_MIN, WINDOW_MAX);
	rows = clamp(rows, WINDOW_MIN, WINDOW_MAX);
	root = w->zoomed ? w->saved_layout : w->layout;
	if (root == NULL) {
		w->cols = cols;
		w->rows = rows;
		return;
	}
	if (cols == was_cols && rows == was_rows && cols == root->cols &&
	    rows == root->rows)
		return;
	layout_resize(w, cols, rows);
	w->cols = cols > root->cols ? cols : root->cols;
	w->rows = rows > root->rows ? rows : root->rows;
	if (w->zoomed) {
		w->layout->cols = w->cols;
		w->layout->rows = w->rows;
	}
	layout_fix(w);
	model_touch(w->model);
	model_notify(w->model, "window-layout-changed", NULL, NULL, w, NULL);
	if (w->cols != was_cols || w->rows != was_rows)
		model_notify(w->model, "window-resized", NULL, NULL, w, NULL);
}

/* A client that is attached, awake and says how large it is. */
static bool
client_counts(struct client *c)
{
	if (!client_here(c) || c->session->dead)
		return (false);
	if (c->flags & CLIENT_SUSPENDED)
		return (false);
	return (c->cols > 0 && c->rows > 0);
}

/* Clients with ignore-size count only if there are no others. */
static bool
clients_any_sized(struct model *m)
{
	struct client	*c;

	TAILQ_FOREACH(c, &m->clients, entry)
		if (client_counts(c) && !(c->flags & CLIENT_IGNORE_SIZE))
			return (true);
	return (false);
}

/* With aggressive-resize only those that look at the window ask. */
static bool
client_asks(struct client *c, struct window *w, bool aggressive)
{
	if (aggressive)
		return (c->session->current != NULL &&
		    c->session->current->window == w);
	return (session_has_window(c->session, w));
}

bool
window_wanted_size(struct window *w, int *cols, int *rows)
{
	struct model	*m = w->model;
	struct client	*c;
	long long	 how = options_number(w->options, "window-size");
	bool		 aggressive, some, latest_seen = false;
	int		 n = 0, x, y, got_x = 0, got_y = 0;

	if (how == SIZE_MANUAL) {
		*cols = w->manual_cols > 0 ? w->manual_cols : w->cols;
		*rows = w->manual_rows > 0 ? w->manual_rows : w->rows;
		return (true);
	}
	aggressive = options_number(w->options, "aggressive-resize") != 0;
	some = clients_any_sized(m);
	if (how == SIZE_LATEST) {
		TAILQ_FOREACH(c, &m->clients, entry) {
			if (!client_counts(c) ||
			    (some && (c->flags & CLIENT_IGNORE_SIZE)) ||
			    !client_asks(c, w, aggressive))
				continue;
			n++;
			if (c->id == w->last_client)
				latest_seen = true;
		}
	}
	TAILQ_FOREACH(c, &m->clients, entry) {
		if (!client_counts(c) ||
		    (some && (c->flags & CLIENT_IGNORE_SIZE)) ||
		    !client_asks(c, w, aggressive))
			continue;
		/* One that came and never was active is as good as any. */
		if (how == SIZE_LATEST && n > 1 && latest_seen &&
		    c->id != w->last_client)
			continue;
		client_window_size(c, &x, &y);
		if (got_x == 0) {
			got_x = x;
			got_y = y;
		} else if (how == SIZE_LARGEST) {
			got_x = x > got_x ? x : got_x;
			got_y = y > got_y ? y : got_y;
		} else if (how == SIZE_SMALLEST) {
			got_x = x < got_x ? x : got_x;
			got_y = y < got_y ? y : got_y;
		} else if (c->activity_us > 0) {
			/* latest, and nobody knows who that is */
			got_x = x;
			got_y = y;
		}
	}
	if (got_x == 0)
		return (false);
	*cols = clamp(got_x, WINDOW_MIN, WINDOW_MAX);
	*rows = clamp(got_y, WINDOW_MIN, WINDOW_MAX);
	return (true);
}

void
window_default_size(struct session *s, struct client *c, int *cols, int *rows)
{
	struct options	*o = s != NULL ? s->options : c != NULL &&
			    c->session != NULL ? c->session->options : NULL;
	struct model	*m = s != NULL ? s->model : c->model;
	const char	*text;
	int		 x = 80, y = 24;

	if (o == NULL)
		o = m->session_options;
	if (options_number(m->window_options, "window-size") != SIZE_MANUAL) {
		if (c == NULL || c->cols <= 0 ||
		    (c->flags & CLIENT_IGNORE_SIZE))
			c = s != NULL ? client_best(m, s) : NULL;
		if (c != NULL && c->cols > 0 && c->rows > 0) {
			client_window_size(c, &x, &y);
			goto out;
		}
	}
	text = options_string(o, "default-size");
	if (text == NULL || sscanf(text, "%4dx%4d", &x, &y) != 2) {
		x = 80;
		y = 24;
	}
out:
	*cols = clamp(x, WINDOW_MIN, WINDOW_MAX);
	*rows = clamp(y, WINDOW_MIN, WINDOW_MAX);
}

void
window_recalculate(struct window *w)
{
	int	 cols, rows;

	if (w->dead || w->active == NULL)
		return;
	if (window_wanted_size(w, &cols, &rows))
		window_resize(w, cols, rows);
}

void
model_recalculate(struct model *m)
{
	void	*w;
	size_t	 at = 0;

	/* Resizing makes and ends no window, so the map holds still. */
	while (map_u32_next(&m->window_by_id, &at, NULL, &w))
		window_recalculate(w);
}

/* -- Panes of it ---------------------------------------------------------- */

static void
last_remove(struct window *w, struct pane *p)
{
	if (p != NULL && p->on_last) {
		TAILQ_REMOVE(&w->last_panes, p, lentry);
		p->on_last = false;
	}
}

static void
last_push(struct window *w, struct pane *p)
{
	if (p == NULL)
		return;
	last_remove(w, p);
	TAILQ_INSERT_HEAD(&w->last_panes, p, lentry);
	p->on_last = true;
}

static void
list_insert(struct window *w, struct pane *p, struct pane *at, bool before)
{
	if (at == NULL && before)
		TAILQ_INSERT_HEAD(&w->panes, p, entry);
	else if (at == NULL)
		TAILQ_INSERT_TAIL(&w->panes, p, entry);
	else if (before)
		TAILQ_INSERT_BEFORE(at, p, entry);
	else
		TAILQ_INSERT_AFTER(&w->panes, at, p, entry);
}

struct pane *
window_add_pane(struct window *w, struct pane *at, bool before)
{
	struct winlink	*wl = TAILQ_FIRST(&w->links);
	struct options	*o = wl != NULL ? wl->session->options :
			    w->model->session_options;
	struct pane	*p;

	p = pane_new(w, w->cols, w->rows,
	    (uint32_t)options_number(o, "history-limit"));
	list_insert(w, p, at, before);
	if (w->active == NULL)
		w->active = p;
	model_touch(w->model);
	model_notify(w->model, "pane-created", NULL, NULL, w, p);
	return (p);
}

void
window_lost_pane(struct window *w, struct pane *p)
{
	struct model	*m = w->model;
	struct pane	*next;

	if (m->has_marked && m->marked_pane == p->id)
		m->has_marked = false;
	last_remove(w, p);
	if (p != w->active)
		return;
	next = TAILQ_FIRST(&w->last_panes);
	if (next == NULL)
		next = TAILQ_PREV(p, pane_list, entry);
	if (next == NULL)
		next = TAILQ_NEXT(p, entry);
	w->active = next;
	if (next == NULL)
		return;
	last_remove(w, next);
	model_touch(m);
	model_notify(m, "window-pane-changed", NULL, NULL, w, next);
}

void
window_take_pane(struct pane *p)
{
	struct window	*w = p->window;

	window_unzoom(w);
	window_lost_pane(w, p);
	layout_remove(p);
	TAILQ_REMOVE(&w->panes, p, entry);
	p->window = NULL;
	model_touch(w->model);
}

void
window_give_pane(struct window *w, struct pane *p, struct pane *at,
    bool before)
{
	must(p->window == NULL);
	p->window = w;
	options_set_parent(p->options, w->options);
	list_insert(w, p, at, before);
	if (w->active == NULL)
		w->active = p;
	p->flags |= PANE_STYLE_CHANGED;
	pane_configure(p);
	model_touch(w->model);
	model_notify(w->model, "pane-moved", NULL, NULL, w, p);
}

/*
 * Exchange two panes' places in the lists; each takes the other's part as the
 * active one where they are in different windows.  Cells are layout_swap's.
 */
void
window_swap_panes(struct pane *a, struct pane *b)
{
	struct window	*wa = a->window, *wb = b->window;
	struct pane	*pa = TAILQ_PREV(a, pane_list, entry);
	struct pane	*pb = TAILQ_PREV(b, pane_list, entry);
	bool		 was_a = wa->active == a, was_b = wb->active == b;

	TAILQ_REMOVE(&wa->panes, a, entry);
	TAILQ_REMOVE(&wb->panes, b, entry);
	if (pa == b) {
		list_insert(wa, a, pb, pb == NULL);
		list_insert(wa, b, a, false);
	} else if (pb == a) {
		list_insert(wa, b, pa, pa == NULL);
		list_insert(wa, a, b, false);
	} else {
		list_insert(wa, b, pa, pa == NULL);
		list_insert(wb, a, pb, pb == NULL);
	}
	if (wa == wb)
		return;

	last_remove(wa, a);
	last_remove(wb, b);
	a->window = wb;
	b->window = wa;
	options_set_parent(a->options, wb->options);
	options_set_parent(b->options, wa->options);
	if (was_a)
		wa->active = b;
	if (was_b)
		wb->active = a;
	pane_configure(a);
	pane_configure(b);
}

void
window_remove_pane(struct window *w, struct pane *p)
{
	window_take_pane(p);
	p->window = w;		/* for those who ask until it is reaped */
	if (TAILQ_EMPTY(&w->panes)) {
		pane_destroy(p);
		window_destroy(w);
		return;
	}
	pane_destroy(p);
	model_notify(w->model, "window-layout-changed", NULL, NULL, w, NULL);
	/* It may have been kept larger than wanted by too many panes. */
	window_recalculate(w);
}

int
window_set_active(struct window *w, struct pane *p)
{
	struct pane	*old = w->active;

	if (p == old)
		return (1);
	last_remove(w, p);
	last_push(w, old);
	w->active = p;
	p->flags &= ~PANE_UNSEEN;
	model_touch(w->model);
	model_notify(w->model, "window-pane-changed", NULL, NULL, w, p);
	return (0);
}

unsigned
window_count(struct window *w)
{
	struct pane	*p;
	unsigned	 n = 0;

	TAILQ_FOREACH(p, &w->panes, entry)
		n++;
	return (n);
}

static int
index_base(struct window *w)
{
	return ((int)options_number(w->options, "pane-base-index"));
}

struct pane *
window_pane_index(struct window *w, int index)
{
	struct pane	*p;
	int		 i = index_base(w);

	TAILQ_FOREACH(p, &w->panes, entry)
		if (i++ == index)
			return (p);
	return (NULL);
}

int
window_index_of(struct window *w, struct pane *which)
{
	struct pane	*p;
	int		 i = index_base(w);

	TAILQ_FOREACH(p, &w->panes, entry) {
		if (p == which)
			return (i);
		i++;
	}
	return (-1);
}

struct pane *
window_step(struct window *w, struct pane *p, int n)
{
	int	 count = (int)window_count(w);

	if (p == NULL || count == 0)
		return (NULL);
	for (n %= count; n > 0; n--) {
		p = TAILQ_NEXT(p, entry);
		if (p == NULL)
			p = TAILQ_FIRST(&w->panes);
	}
	for (; n < 0; n++) {
		p = TAILQ_PREV(p, pane_list, entry);
		if (p == NULL)
			p = TAILQ_LAST(&w->panes, pane_list);
	}
	return (p);
}

/* -- Where panes lie ------------------------------------------------------ */

/* The border to the right of and below a pane counts as its own. */
struct pane *
window_pane_at(struct window *w, int x, int y)
{
	struct pane	*p;

	TAILQ_FOREACH(p, &w->panes, entry) {
		if (!pane_visible(p))
			continue;
		if (x >= p->x && x <= p->x + p->cols &&
		    y >= p->y && y <= p->y + p->rows)
			return (p);
	}
	return (NULL);
}

/* Of several neighbours the one that was active last, else the first. */
static struct pane *
neighbour_better(struct window *w, struct pane *best, struct pane *p)
{
	struct pane	*at;

	if (best == NULL || p == w->active)
		return (p);
	if (best == w->active)
		return (best);
	TAILQ_FOREACH(at, &w->last_panes, lentry) {
		if (at == best || at == p)
			return (at);
	}
	return (best);
}

/* Whether [a, a + n) and [b, b + m) overlap, a border beyond counting in. */
static bool
spans_meet(int a, int n, int b, int m)
{
	int	 last = b + m - 1;

	return ((b < a && last > a + n) || (b >= a && b <= a + n) ||
	    (last >= a && last <= a + n));
}

/*
 * The panes whose far (or near) edge lies at `edge`, along the axis asked
 * for; the best of those that overlap p on the other axis.
 */
static struct pane *
neighbour_find(struct pane *p, bool vertical, bool far_edge, int edge)
{
	struct window	*w = p->window;
	struct pane	*at, *best = NULL;
	int		 mine;

	TAILQ_FOREACH(at, &w->panes, entry) {
		if (at == p)
			continue;
		mine = vertical ? at->y : at->x;
		if (far_edge)
			mine += (vertical ? at->rows : at->cols) + 1;
		if (mine != edge)
			continue;
		if (vertical ? spans_meet(p->x, p->cols, at->x, at->cols) :
		    spans_meet(p->y, p->rows, at->y, at->rows))
			best = neighbour_better(w, best, at);
	}
	return (best);
}

static long long
border_status(struct window *w)
{
	return (options_number(w->options, "pane-border-status"));
}

struct pane *
window_find_up(struct pane *p)
{
	struct window	*w = p->window;
	int		 edge = p->y;
	long long	 status = border_status(w);

	if (status == STATUS_TOP) {
		if (edge == 1)
			edge = w->rows + 1;
	} else if (status == STATUS_BOTTOM) {
		if (edge == 0)
			edge = w->rows;
	} else if (edge == 0)
		edge = w->rows + 1;
	return (neighbour_find(p, true, true, edge));
}

struct pane *
window_find_down(struct pane *p)
{
	struct window	*w = p->window;
	int		 edge = p->y + p->rows + 1;
	long long	 status = border_status(w);

	if (status == STATUS_TOP) {
		if (edge >= w->rows)
			edge = 1;
	} else if (status == STATUS_BOTTOM) {
		if (edge >= w->rows - 1)
			edge = 0;
	} else if (edge >= w->rows)
		edge = 0;
	return (neighbour_find(p, true, false, edge));
}

struct pane *
window_find_left(struct pane *p)
{
	int	 edge = p->x == 0 ? p->window->cols + 1 : p->x;

	return (neighbour_find(p, false, true, edge));
}

struct pane *
window_find_right(struct pane *p)
{
	int	 edge = p->x + p->cols + 1;

	if (edge >= p->window->cols)
		edge = 0;
	return (neighbour_find(p, false, false, edge));
}

struct pane *
window_find_word(struct window *w, const char *word)
{
	static const struct {
		const char	*name;
		int		 x, y;	/* -1 first, 0 middle, 1 last */
	} words[] = {
		{ "top", 0, -1 }, { "bottom", 0, 1 },
		{ "left", -1, 0 }, { "right", 1, 0 },
		{ "top-left", -1, -1 }, { "top-right", 1, -1 },
		{ "bottom-left", -1, 1 }, { "bottom-right", 1, 1 },
	};
	size_t		 i, len = strlen(word);
	int		 x, y, top = 0, bottom = w->rows - 1;
	long long	 status = border_status(w);

	if (len > 2 && word[0] == '{' && word[len - 1] == '}') {
		word++;
		len -= 2;
	}
	if (status == STATUS_TOP)
		top++;
	else if (status == STATUS_BOTTOM)
		bottom--;
	for (i = 0; i < sizeof words / sizeof words[0]; i++) {
		if (strlen(words[i].name) != len ||
		    strncasecmp(words[i].name, word, len) != 0)
			continue;
		x = words[i].x < 0 ? 0 : words[i].x > 0 ? w->cols - 1 :
		    w->cols / 2;
		y = words[i].y < 0 ? top : words[i].y > 0 ? bottom :
		    w->rows / 2;
		return (window_pane_at(w, x, y));
	}
	return (NULL);
}

/* -- Zoom ----------------------------------------------------------------- */

int
window_zoom(struct pane *zoom)
{
	struct window	*w = zoom->window;
	struct pane	*p;

	if (w->zoomed || window_count(w) < 2)
		return (-1);
	window_set_active(w, zoom);
	TAILQ_FOREACH(p, &w->panes, entry) {
		p->saved_cell = p->cell;
		p->cell = NULL;
	}
	w->saved_layout = w->layout;
	w->layout = layout_new(w, zoom);
	w->zoomed = true;
	layout_fix(w);
	model_touch(w->model);
	model_notify(w->model, "window-zoomed", NULL, NULL, w, NULL);
	model_notify(w->model, "window-layout-changed", NULL, NULL, w, NULL);
	return (0);
}

int
window_unzoom(struct window *w)
{
	struct pane	*p;

	if (!w->zoomed)
		return (-1);
	w->zoomed = false;
	layout_free(w->layout);
	w->layout = w->saved_layout;
	w->saved_layout = NULL;
	TAILQ_FOREACH(p, &w->panes, entry) {
		p->cell = p->saved_cell;
		p->saved_cell = NULL;
	}
	layout_fix(w);
	model_touch(w->model);
	model_notify(w->model, "window-unzoomed", NULL, NULL, w, NULL);
	model_notify(w->model, "window-layout-changed", NULL, NULL, w, NULL);
	return (0);
}

bool
window_push_zoom(struct window *w, bool always, bool flag)
{
	bool	 again = flag && (always || w->zoomed);

	window_unzoom(w);
	return (again);
}

void
window_pop_zoom(struct window *w, bool was)
{
	if (was && w->active != NULL)
		window_zoom(w->active);
}

/* -- Alerts --------------------------------------------------------------- */

static const struct alert {
	unsigned	 flag;
	const char	*monitor, *action, *hook;
} alerts[] = {
	{ WINLINK_BELL, "monitor-bell", "bell-action", "alert-bell" },
	{ WINLINK_ACTIVITY, "monitor-activity", "activity-action",
	    "alert-activity" },
	{ WINLINK_SILENCE, "monitor-silence", "silence-action",
	    "alert-silence" },
};

/* Options bell-action ...: none, any, current, other. */
bool
window_alert_applies(struct winlink *wl, unsigned flag)
{
	size_t		 i;
	long long	 action;

	for (i = 0; i < sizeof alerts / sizeof alerts[0]; i++) {
		if (alerts[i].flag != flag)
			continue;
		action = options_number(wl->session->options,
		    alerts[i].action);
		if (action == 1)
			return (true);
		if (action == 2)
			return (wl == wl->session->current);
		return (action == 3 && wl != wl->session->current);
	}
	return (false);
}

/*
 * A bell rings again though one was noted before; activity and silence are
 * told once, until somebody looks.
 */
void
window_set_alert(struct window *w, unsigned flag)
{
	struct winlink	*wl;
	size_t		 i;

	for (i = 0; i < sizeof alerts / sizeof alerts[0]; i++)
		if (alerts[i].flag == flag)
			break;
	if (i == sizeof alerts / sizeof alerts[0] ||
	    options_number(w->options, alerts[i].monitor) == 0)
		return;
	TAILQ_FOREACH(wl, &w->links, wentry) {
		if (flag != WINLINK_BELL && (wl->flags & flag))
			continue;
		if ((wl->session->current != wl ||
		    wl->session->attached == 0) && !(wl->flags & flag)) {
			wl->flags |= flag;
			model_touch(w->model);
		}
		if (!window_alert_applies(wl, flag))
			continue;
		w->alerts |= flag;
		model_notify(w->model, alerts[i].hook, NULL, wl->session, w,
		    NULL);
	}
}

void
window_clear_alerts(struct winlink *of)
{
	struct winlink	*wl;

	TAILQ_FOREACH(wl, &of->window->links, wentry) {
		if (wl->flags & WINLINK_ALERTS) {
			wl->flags &= ~WINLINK_ALERTS;
			model_touch(of->window->model);
		}
	}
}

char *
window_flags(struct winlink *wl, bool escape)
{
	struct session	*s = wl->session;
	struct model	*m = s->model;
	struct pane	*p;
	char		 flags[16];
	size_t		 n = 0;

	if (wl->flags & WINLINK_ACTIVITY) {
		flags[n++] = '#';
		if (escape)
			flags[n++] = '#';
	}
	if (wl->flags & WINLINK_BELL)
		flags[n++] = '!';
	if (wl->flags & WINLINK_SILENCE)
		flags[n++] = '~';
	if (wl == s->current)
		flags[n++] = '*';
	if (wl == TAILQ_FIRST(&s->stack))
		flags[n++] = '-';
	p = m->has_marked ? model_pane(m, m->marked_pane) : NULL;
	if (p != NULL && p->window == wl->window)
		flags[n++] = 'M';
	if (wl->window->zoomed)
		flags[n++] = 'Z';
	return (xstrndup(flags, n));
}
