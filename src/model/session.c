/* SPDX-License-Identifier: ISC */

/*
 * session.c - a session: numbered links to windows, one of them current.
 *
 * A winlink hangs in three lists: those of its session (by index), those of
 * its window, and, if it was current once, the session's stack.
 *
 * Invariants:
 *  1. A session with links has a current one; the current one is not on the
 *     stack, every other link is there at most once.
 *  2. A window lives as long as a link to it: cutting the last one destroys
 *     it (window_destroy, which in turn cuts what links it has).
 *  3. All members of a group have links of the same windows under the same
 *     indexes; which is current, and the stack, is each member's own.
 *  4. A session without windows has not long to live: window_destroy ends it,
 *     session_detach leaves that to its caller (but ends others of a group).
 */

#include "model/session.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/str.h"
#include "base/xmalloc.h"
#include "model/environ.h"
#include "model/option.h"
#include "model/tree.h"
#include "model/window.h"

/* -- Links ---------------------------------------------------------------- */

static void
stack_remove(struct session *s, struct winlink *wl)
{
	if (wl != NULL && wl->on_stack) {
		TAILQ_REMOVE(&s->stack, wl, sentry);
		wl->on_stack = false;
	}
}

static void
stack_push(struct session *s, struct winlink *wl)
{
	if (wl == NULL)
		return;
	stack_remove(s, wl);
	TAILQ_INSERT_HEAD(&s->stack, wl, sentry);
	wl->on_stack = true;
}

/* Into the session's list, which is kept in order of index. */
static void
winlink_insert(struct session *s, struct winlink *wl)
{
	struct winlink	*at;

	TAILQ_FOREACH_REVERSE(at, &s->windows, winlink_list, entry)
		if (at->index < wl->index)
			break;
	if (at == NULL)
		TAILQ_INSERT_HEAD(&s->windows, wl, entry);
	else
		TAILQ_INSERT_AFTER(&s->windows, at, wl, entry);
}

static struct winlink *
winlink_new(struct session *s, struct window *w, int index)
{
	struct winlink	*wl = xcalloc(1, sizeof *wl);

	wl->session = s;
	wl->window = w;
	wl->index = index;
	winlink_insert(s, wl);
	TAILQ_INSERT_TAIL(&w->links, wl, wentry);
	return (wl);
}

/* Cut one link; the window stays, even if this was its last. */
static void
winlink_free(struct winlink *wl)
{
	struct session	*s = wl->session;

	stack_remove(s, wl);
	if (s->current == wl)
		s->current = NULL;
	TAILQ_REMOVE(&s->windows, wl, entry);
	TAILQ_REMOVE(&wl->window->links, wl, wentry);
	free(wl);
}

struct winlink *
session_winlink(struct session *s, int index)
{
	struct winlink	*wl;

	TAILQ_FOREACH(wl, &s->windows, entry)
		if (wl->index == index)
			return (wl);
	return (NULL);
}

struct winlink *
session_winlink_of(struct session *s, struct window *w)
{
	struct winlink	*wl;

	TAILQ_FOREACH(wl, &s->windows, entry)
		if (wl->window == w)
			return (wl);
	return (NULL);
}

bool
session_has_window(struct session *s, struct window *w)
{
	return (session_winlink_of(s, w) != NULL);
}

unsigned
session_count(struct session *s)
{
	struct winlink	*wl;
	unsigned	 n = 0;

	TAILQ_FOREACH(wl, &s->windows, entry)
		n++;
	return (n);
}

/* The neighbour, around the ends. */
static struct winlink *
winlink_after(struct session *s, struct winlink *wl)
{
	wl = TAILQ_NEXT(wl, entry);
	return (wl != NULL ? wl : TAILQ_FIRST(&s->windows));
}

static struct winlink *
winlink_before(struct session *s, struct winlink *wl)
{
	wl = TAILQ_PREV(wl, winlink_list, entry);
	return (wl != NULL ? wl : TAILQ_LAST(&s->windows, winlink_list));
}

struct winlink *
session_winlink_step(struct session *s, struct winlink *wl, int n)
{
	int	 count = session_count(s);

	if (wl == NULL || count == 0)
		return (NULL);
	for (n %= count; n > 0; n--)
		wl = winlink_after(s, wl);
	for (; n < 0; n++)
		wl = winlink_before(s, wl);
	return (wl);
}

int
session_free_index(struct session *s, int from)
{
	int	 i = from < 0 ? 0 : from;

	while (session_winlink(s, i) != NULL) {
		i = i == INT_MAX ? 0 : i + 1;
		if (i == from)
			return (-1);
	}
	return (i);
}

/* -- Groups --------------------------------------------------------------- */

struct session_group *
session_group_find(struct model *m, const char *name)
{
	struct session_group	*g;

	TAILQ_FOREACH(g, &m->groups, entry)
		if (strcmp(g->name, name) == 0)
			return (g);
	return (NULL);
}

void
session_group_add(struct model *m, const char *name, struct session *s)
{
	struct session_group	*g = session_group_find(m, name);

	if (s->group != NULL && s->group == g)
		return;
	session_group_remove(s);
	if (g == NULL) {
		g = xcalloc(1, sizeof *g);
		g->name = xstrdup(name);
		TAILQ_INIT(&g->members);
		TAILQ_INSERT_TAIL(&m->groups, g, entry);
	}
	TAILQ_INSERT_TAIL(&g->members, s, gentry);
	s->group = g;
	model_notify(m, "session-added-to-group", NULL, s, NULL, NULL);
	model_touch(m);
}

void
session_group_remove(struct session *s)
{
	struct session_group	*g = s->group;
	struct model		*m = s->model;

	if (g == NULL)
		return;
	TAILQ_REMOVE(&g->members, s, gentry);
	s->group = NULL;
	model_notify(m, "session-removed-from-group", NULL, s, NULL, NULL);
	model_touch(m);
	if (TAILQ_EMPTY(&g->members)) {
		TAILQ_REMOVE(&m->groups, g, entry);
		free(g->name);
		free(g);
	}
}

static bool
winlinks_same(struct session *a, struct session *b)
{
	struct winlink	*x = TAILQ_FIRST(&a->windows);
	struct winlink	*y = TAILQ_FIRST(&b->windows);

	for (; x != NULL && y != NULL;
	    x = TAILQ_NEXT(x, entry), y = TAILQ_NEXT(y, entry))
		if (x->index != y->index || x->window != y->window)
			return (false);
	return (x == NULL && y == NULL);
}

/* The link that was of this window under this index, or is now. */
static struct winlink *
winlink_match(struct session *s, struct window *w, int index)
{
	struct winlink	*wl = session_winlink(s, index);

	return (wl != NULL && wl->window == w ? wl : session_winlink_of(s, w));
}

/*
 * Give `to` the links of `from`.  What was current and what was on the stack
 * is found again by window; without it the last one that is left is current,
 * or what has its index, or what is current in `from`.
 */
static void
winlinks_copy(struct session *from, struct session *to)
{
	struct winlink_list	 old;
	struct winlink		*wl, *next, *made;
	struct winlink		**stack;
	struct window		*current;
	int			 current_index = -1;
	size_t			 n = 0, i;

	current = to->current != NULL ? to->current->window : NULL;
	if (to->current != NULL)
		current_index = to->current->index;

	/* The old links step aside; `to` is filled anew. */
	TAILQ_INIT(&old);
	TAILQ_CONCAT(&old, &to->windows, entry);
	TAILQ_FOREACH(wl, &to->stack, sentry)
		n++;
	stack = xreallocarray(NULL, n == 0 ? 1 : n, sizeof *stack);
	i = 0;
	TAILQ_FOREACH(wl, &to->stack, sentry)
		stack[i++] = wl;
	TAILQ_INIT(&to->stack);

	TAILQ_FOREACH(wl, &from->windows, entry) {
		made = winlink_new(to, wl->window, wl->index);
		made->flags = wl->flags & WINLINK_ALERTS;
	}
	to->current = current == NULL ? NULL :
	    winlink_match(to, current, current_index);
	for (i = 0; i < n && to->current == NULL; i++)
		to->current = winlink_match(to, stack[i]->window,
		    stack[i]->index);
	if (to->current == NULL)
		to->current = session_winlink(to, current_index);
	if (to->current == NULL && from->current != NULL)
		to->current = session_winlink(to, from->current->index);
	if (to->current == NULL)
		to->current = TAILQ_FIRST(&to->windows);

	while (n-- > 0) {
		wl = winlink_match(to, stack[n]->window, stack[n]->index);
		if (wl != NULL && wl != to->current)
			stack_push(to, wl);
	}
	free(stack);
	TAILQ_FOREACH_SAFE(wl, &old, entry, next) {
		TAILQ_REMOVE(&old, wl, entry);
		TAILQ_REMOVE(&wl->window->links, wl, wentry);
		if (!session_has_window(to, wl->window))
			model_notify(to->model, "window-unlinked", NULL, to,
			    wl->window, NULL);
		free(wl);
	}
}

void
session_group_sync(struct session *from)
{
	struct session	*s, *next;

	if (from->group == NULL)
		return;
	TAILQ_FOREACH_SAFE(s, &from->group->members, gentry, next) {
		if (s == from || winlinks_same(from, s))
			continue;
		winlinks_copy(from, s);
		if (TAILQ_EMPTY(&s->windows))
			session_destroy(s);
	}
	model_touch(from->model);
}

/* -- Life ----------------------------------------------------------------- */

char *
session_check_name(const char *name)
{
	char	*copy, *clean, *cp;

	if (*name == '\0')
		return (NULL);
	copy = xstrdup(name);
	for (cp = copy; *cp != '\0'; cp++)
		if (*cp == ':' || *cp == '.')
			*cp = '_';
	clean = str_vis(copy, strlen(copy));
	free(copy);
	return (clean);
}

struct session *
session_find(struct model *m, const char *name)
{
	struct session	*s;

	TAILQ_FOREACH(s, &m->sessions, entry)
		if (strcmp(s->name, name) == 0)
			return (s);
	return (NULL);
}

struct session *
session_new(struct model *m, const char *name, const char *cwd,
    struct environ *env, struct options *options)
{
	struct session	*s = xcalloc(1, sizeof *s);

	s->model = m;
	TAILQ_INIT(&s->windows);
	TAILQ_INIT(&s->stack);
	s->cwd = xstrdup(cwd != NULL ? cwd : "/");
	s->environ = env != NULL ? env : environ_new();
	s->options = options != NULL ? options : options_new(NULL);
	if (options_parent(s->options) == NULL)
		options_set_parent(s->options, m->session_options);

	s->id = m->next_session++;
	if (name != NULL)
		s->name = session_check_name(name);
	if (s->name == NULL) {
		/* A number that is free as a name; then it is the id too. */
		xasprintf(&s->name, "%u", s->id);
		while (session_find(m, s->name) != NULL) {
			free(s->name);
			s->id = m->next_session++;
			xasprintf(&s->name, "%u", s->id);
		}
	}
	s->created = s->activity = m->wall;
	s->activity_us = m->now_us;
	TAILQ_INSERT_TAIL(&m->sessions, s, entry);
	map_u32_set(&m->session_by_id, s->id, s);
	model_touch(m);
	model_notify(m, "session-created", NULL, s, NULL, NULL);
	return (s);
}

void
session_destroy(struct session *s)
{
	struct model	*m = s->model;
	struct winlink	*wl;
	struct window	*w;

	if (s->dead)
		return;
	s->dead = true;
	TAILQ_REMOVE(&m->sessions, s, entry);
	map_u32_del(&m->session_by_id, s->id);
	TAILQ_INSERT_TAIL(&m->dead_sessions, s, entry);
	model_notify(m, "session-closed", NULL, s, NULL, NULL);
	session_group_remove(s);
	s->current = NULL;
	while ((wl = TAILQ_FIRST(&s->windows)) != NULL) {
		w = wl->window;
		model_notify(m, "window-unlinked", NULL, s, w, NULL);
		winlink_free(wl);
		if (TAILQ_EMPTY(&w->links))
			window_destroy(w);
	}
	model_touch(m);
}

void
session_free(struct session *s)
{
	options_free(s->options);
	environ_free(s->environ);
	free(s->name);
	free(s->cwd);
	free(s);
}

int
session_rename(struct session *s, const char *name, char **cause)
{
	struct session	*other;
	char		*clean = session_check_name(name);

	if (clean == NULL) {
		xasprintf(cause, "invalid session: %s", name);
		return (-1);
	}
	if (strcmp(clean, s->name) == 0) {
		free(clean);
		return (0);
	}
	other = session_find(s->model, clean);
	if (other != NULL) {
		xasprintf(cause, "duplicate session: %s", clean);
		free(clean);
		return (-1);
	}
	free(s->name);
	s->name = clean;
	model_touch(s->model);
	model_notify(s->model, "session-renamed", NULL, s, NULL, NULL);
	return (0);
}

/* -- Windows of it -------------------------------------------------------- */

struct winlink *
session_attach(struct session *s, struct window *w, int index, char **cause)
{
	struct winlink	*wl;

	if (index < 0)
		index = session_free_index(s,
		    (int)options_number(s->options, "base-index"));
	if (index < 0 || session_winlink(s, index) != NULL) {
		if (cause != NULL)
			xasprintf(cause, "index in use: %d", index);
		return (NULL);
	}
	wl = winlink_new(s, w, index);
	if (s->current == NULL)
		s->current = wl;
	model_touch(s->model);
	model_notify(s->model, "window-linked", NULL, s, w, NULL);
	session_group_sync(s);
	return (wl);
}

/* Another current window for the one that goes. */
static void
current_leave(struct session *s, struct winlink *wl)
{
	struct winlink	*next = TAILQ_FIRST(&s->stack);

	if (s->current != wl)
		return;
	if (next == NULL)
		next = winlink_before(s, wl);
	if (next == wl) {
		s->current = NULL;
		return;
	}
	session_set_current(s, next);
}

void
session_detach(struct session *s, struct winlink *wl)
{
	struct window	*w = wl->window;

	current_leave(s, wl);
	model_notify(s->model, "window-unlinked", NULL, s, w, NULL);
	winlink_free(wl);
	session_group_sync(s);
	model_touch(s->model);
	if (TAILQ_EMPTY(&w->links))
		window_destroy(w);
}

int
session_set_current(struct session *s, struct winlink *wl)
{
	struct winlink	*old = s->current;

	if (wl == NULL)
		return (-1);
	if (wl == old)
		return (1);
	stack_remove(s, wl);
	stack_push(s, old);
	s->current = wl;
	window_clear_alerts(wl);
	wl->window->activity_us = s->model->now_us;
	model_touch(s->model);
	model_notify(s->model, "session-window-changed", NULL, s, wl->window,
	    NULL);
	return (0);
}

int
session_select(struct session *s, int index)
{
	return (session_set_current(s, session_winlink(s, index)));
}

/* The next link with an alert in the given direction, or NULL. */
static struct winlink *
winlink_alert(struct session *s, struct winlink *(*step)(struct session *,
    struct winlink *))
{
	struct winlink	*wl;

	for (wl = step(s, s->current); wl != s->current; wl = step(s, wl))
		if (wl->flags & WINLINK_ALERTS)
			return (wl);
	return (NULL);
}

static int
current_step(struct session *s, bool alert, struct winlink *(*step)(
    struct session *, struct winlink *))
{
	struct winlink	*wl;

	if (s->current == NULL)
		return (-1);
	wl = alert ? winlink_alert(s, step) : step(s, s->current);
	return (session_set_current(s, wl) == 0 ? 0 : -1);
}

int
session_next(struct session *s, bool alert)
{
	return (current_step(s, alert, winlink_after));
}

int
session_previous(struct session *s, bool alert)
{
	return (current_step(s, alert, winlink_before));
}

int
session_last(struct session *s)
{
	return (session_set_current(s, TAILQ_FIRST(&s->stack)) == 0 ? 0 : -1);
}

void
session_renumber(struct session *s)
{
	struct winlink	*wl;
	int		 index = (int)options_number(s->options, "base-index");

	TAILQ_FOREACH(wl, &s->windows, entry)
		wl->index = index++;
	model_touch(s->model);
	session_group_sync(s);
}

int
session_shuffle_up(struct session *s, struct winlink *wl, bool before)
{
	struct winlink	*at;
	int		 index, last;

	if (wl == NULL)
		return (-1);
	if (!before && wl->index == INT_MAX)
		return (-1);
	index = before ? wl->index : wl->index + 1;
	for (last = index; session_winlink(s, last) != NULL; last++)
		if (last == INT_MAX)
			return (-1);
	/* From the end, so that the order never breaks. */
	TAILQ_FOREACH_REVERSE(at, &s->windows, winlink_list, entry)
		if (at->index >= index && at->index < last)
			at->index++;
	model_touch(s->model);
	session_group_sync(s);
	return (index);
}

void
session_activity(struct session *s)
{
	s->activity = s->model->wall;
	s->activity_us = s->model->now_us;
}

void
session_update_environ(struct session *s, struct environ *env)
{
	struct option		*o = options_get(s->options,
				    "update-environment");
	struct option_item	*items;
	size_t			 n, i;

	if (o == NULL || env == NULL)
		return;
	n = option_items(o, &items);
	for (i = 0; i < n; i++)
		environ_update(items[i].value, env, s->environ);
	free(items);
}
