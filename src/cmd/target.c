/* SPDX-License-Identifier: ISC */

/*
 * target.c - from what -t says to a session, a window, a pane.
 *
 *	[session:][window][.pane]	any part may be left out
 *	$1 @2 %3			by id, alone or in a part
 *	= {mouse}  ~ {marked}  @ {active} {current}
 *
 * A part alone means what the command wants (a pane for select-pane), and if
 * there is none of that name, a wider thing: a window, a session, whose
 * current window and active pane are then meant.  Parts that are left out are
 * those of the current target, if it lies in what was named, else the current
 * or active one there.
 */

#include <ctype.h>
#include <fnmatch.h>

#include "cmd/cmd-int.h"

#define TARGET_TEXT_MAX	4096

void
target_clear(struct target *tg)
{
	memset(tg, 0, sizeof *tg);
	tg->index = -1;
}

bool
target_empty(const struct target *tg)
{
	return (tg->s == NULL && tg->w == NULL && tg->p == NULL);
}

bool
target_valid(const struct target *tg)
{
	return (tg->s != NULL && tg->wl != NULL && tg->w != NULL &&
	    tg->p != NULL);
}

/*
 * What was destroyed is reaped at the end of the turn, but for a winlink, which
 * goes at once: it is looked for without looking at it.
 */
bool
target_alive(const struct target *tg)
{
	struct winlink	*wl;

	if (!target_valid(tg) || tg->s->dead || tg->w->dead || tg->p->dead)
		return (false);
	TAILQ_FOREACH(wl, &tg->s->windows, entry) {
		if (wl == tg->wl)
			return (wl->window == tg->w && tg->p->window == tg->w);
	}
	return (false);
}

void
target_copy(struct target *to, const struct target *from)
{
	*to = *from;
}

struct target_id
target_save(const struct target *tg)
{
	struct target_id	id;

	id.session = tg->s != NULL ? tg->s->id : ID_NONE;
	id.window = tg->w != NULL ? tg->w->id : ID_NONE;
	id.pane = tg->p != NULL ? tg->p->id : ID_NONE;
	id.index = tg->wl != NULL ? tg->wl->index : -1;
	return (id);
}

static void
target_set(struct target *tg, struct session *s, struct winlink *wl,
    struct pane *p)
{
	target_clear(tg);
	tg->s = s;
	tg->wl = wl;
	if (wl != NULL) {
		tg->w = wl->window;
		tg->p = p != NULL ? p : wl->window->active;
		tg->index = wl->index;
	}
}

bool
target_load(struct model *m, const struct target_id *id, struct target *tg)
{
	struct session	*s = NULL;
	struct window	*w = NULL;
	struct pane	*p = NULL;
	struct winlink	*wl = NULL;

	target_clear(tg);
	if (id->session != ID_NONE)
		s = model_session(m, id->session);
	if (id->window != ID_NONE)
		w = model_window(m, id->window);
	if (id->pane != ID_NONE)
		p = model_pane(m, id->pane);
	if (s != NULL && s->dead)
		s = NULL;
	if (w != NULL && w->dead)
		w = NULL;
	if (p != NULL && p->dead)
		p = NULL;
	if (p != NULL)
		w = p->window;
	if (s != NULL && w != NULL) {
		wl = session_winlink(s, id->index);
		if (wl == NULL || wl->window != w)
			wl = session_winlink_of(s, w);
		if (wl != NULL) {
			target_set(tg, s, wl, p);
			return (tg->p != NULL);
		}
	}
	if (p != NULL && target_from_pane(tg, p))
		return (true);
	if (w != NULL && target_from_window(tg, w))
		return (true);
	return (s != NULL && target_from_session(tg, s));
}

bool
target_from_session(struct target *tg, struct session *s)
{
	target_clear(tg);
	if (s == NULL || s->dead || s->current == NULL)
		return (false);
	target_set(tg, s, s->current, NULL);
	return (tg->p != NULL);
}

bool
target_from_winlink(struct target *tg, struct winlink *wl)
{
	target_set(tg, wl->session, wl, NULL);
	return (tg->p != NULL);
}

bool
target_from_winlink_pane(struct target *tg, struct winlink *wl, struct pane *p)
{
	target_set(tg, wl->session, wl, p);
	return (tg->p != NULL);
}

/* Whether a is a better guess than b for "the session that is meant". */
static bool
session_better(struct session *a, struct session *b, bool prefer_unattached)
{
	if (b == NULL)
		return (true);
	if (prefer_unattached && (a->attached == 0) != (b->attached == 0))
		return (a->attached == 0);
	if (a->activity_us != b->activity_us)
		return (a->activity_us > b->activity_us);
	return (a->id > b->id);
}

static struct session *
session_best(struct model *m, struct window *having, bool prefer_unattached)
{
	struct session	*s, *best = NULL;

	TAILQ_FOREACH(s, &m->sessions, entry) {
		if (s->dead || s->current == NULL)
			continue;
		if (having != NULL && !session_has_window(s, having))
			continue;
		if (session_better(s, best, prefer_unattached))
			best = s;
	}
	return (best);
}

/* A window's link in a session: the current one if it is that window. */
static struct winlink *
session_link(struct session *s, struct window *w)
{
	if (s->current != NULL && s->current->window == w)
		return (s->current);
	return (session_winlink_of(s, w));
}

bool
target_from_window(struct target *tg, struct window *w)
{
	struct session	*s;

	target_clear(tg);
	if (w->dead || (s = session_best(w->model, w, false)) == NULL)
		return (false);
	target_set(tg, s, session_link(s, w), NULL);
	return (tg->p != NULL);
}

bool
target_from_pane(struct target *tg, struct pane *p)
{
	if (p->dead || p->window == NULL || !target_from_window(tg, p->window))
		return (false);
	tg->p = p;
	return (true);
}

bool
target_from_client(struct model *m, struct target *tg, struct client *c)
{
	const struct environ_entry	*e;
	struct session			*s;
	struct window			*w;
	struct pane			*p;
	const char			*why;
	size_t				 cursor = 0;
	long long			 id;
	void				*v;

	target_clear(tg);
	if (c != NULL && c->session != NULL && !c->session->dead)
		return (target_from_session(tg, c->session));
	if (c != NULL && c->environ != NULL &&
	    (e = environ_find(c->environ, "TMUX_PANE")) != NULL &&
	    e->value != NULL && e->value[0] == '%' &&
	    str_to_int(e->value + 1, 0, UINT32_MAX, &id, &why) == 0 &&
	    (p = model_pane(m, (uint32_t)id)) != NULL &&
	    target_from_pane(tg, p))
		return (true);
	/* A program in one of our panes, without its environment. */
	if (c != NULL && c->tty != NULL && *c->tty != '\0') {
		while (map_u32_next(&m->pane_by_id, &cursor, NULL, &v)) {
			p = v;
			w = p->window;
			if (!p->dead && w != NULL && !w->dead &&
			    strcmp(p->tty, c->tty) == 0 &&
			    target_from_pane(tg, p))
				return (true);
		}
	}
	if ((s = session_best(m, NULL, false)) == NULL)
		return (false);
	return (target_from_session(tg, s));
}

bool
target_marked(struct model *m, struct target *tg)
{
	struct pane	*p;

	target_clear(tg);
	if (!m->has_marked || (p = model_pane(m, m->marked_pane)) == NULL)
		return (false);
	return (target_from_pane(tg, p));
}

bool
target_from_mouse(struct model *m, struct target *tg,
    const struct cmd_event *event)
{
	struct session	*s = NULL;
	struct window	*w = NULL;
	struct pane	*p = NULL;
	struct winlink	*wl;

	target_clear(tg);
	if (!event->mouse)
		return (false);
	if (event->session != ID_NONE)
		s = model_session(m, event->session);
	if (event->window != ID_NONE)
		w = model_window(m, event->window);
	if (event->pane != ID_NONE)
		p = model_pane(m, event->pane);
	if (p != NULL && !p->dead)
		w = p->window;
	else
		p = NULL;
	if (s == NULL || s->dead)
		return (false);
	if (w == NULL || w->dead)
		return (target_from_session(tg, s));
	if ((wl = session_link(s, w)) == NULL)
		return (false);
	target_set(tg, s, wl, p);
	return (tg->p != NULL);
}

/*** Looking up names. ***/

/* One lookup. */
struct finder {
	struct model		*m;
	struct cmdq_item	*item;
	enum target_type	 type;
	unsigned		 flags;
	struct target		 cur;		/* the current target */
	struct target		*tg;		/* what was found */
	bool			 exact_session, exact_window;
	bool			 window_only, pane_only;
};

static int
find_id(const char *s, uint32_t *id)
{
	long long	 n;

	if (str_to_int(s, 0, UINT32_MAX - 1, &n, NULL) != 0)
		return (-1);
	*id = (uint32_t)n;
	return (0);
}

static struct session *
find_session_name(struct finder *f, const char *name)
{
	struct session	*s, *found = NULL;
	struct client	*c;

	if ((s = session_find(f->m, name)) != NULL)
		return (s);
	if (f->exact_session)
		return (NULL);
	if ((c = client_find(f->m, name)) != NULL && c->session != NULL)
		return (c->session);
	TAILQ_FOREACH(s, &f->m->sessions, entry) {
		if (!str_starts(s->name, name))
			continue;
		if (found != NULL)
			return (NULL);
		found = s;
	}
	if (found != NULL)
		return (found);
	TAILQ_FOREACH(s, &f->m->sessions, entry) {
		if (fnmatch(name, s->name, 0) != 0)
			continue;
		if (found != NULL)
			return (NULL);
		found = s;
	}
	return (found);
}

static int
find_session(struct finder *f, const char *name)
{
	struct session	*s;
	uint32_t	 id;

	if (*name == '$') {
		if (find_id(name + 1, &id) != 0)
			return (-1);
		s = model_session(f->m, id);
	} else
		s = find_session_name(f, name);
	if (s == NULL || s->dead)
		return (-1);
	f->tg->s = s;
	return (0);
}

static int
find_set_winlink(struct finder *f, struct winlink *wl)
{
	if (wl == NULL)
		return (-1);
	f->tg->s = wl->session;
	f->tg->wl = wl;
	f->tg->w = wl->window;
	f->tg->index = wl->index;
	return (0);
}

/* "+", "-", "+2": the number, 1 if none. */
static long long
find_offset(const char *s)
{
	long long	n;

	if (s[1] == '\0')
		return (1);
	if (str_to_int(s + 1, 1, INT32_MAX, &n, NULL) != 0)
		return (-1);
	return (n);
}

static int
find_window_offset(struct finder *f, const char *name)
{
	struct session	*s = f->tg->s;
	struct winlink	*wl = s->current;
	long long	 n = find_offset(name);

	if (f->cur.s == s && f->cur.wl != NULL)
		wl = f->cur.wl;
	if (n == -1 || wl == NULL)
		return (-1);
	if (f->flags & TARGET_WINDOW_INDEX) {
		n = *name == '+' ? wl->index + n : wl->index - n;
		if (n < 0 || n > INT32_MAX)
			return (-1);
		f->tg->index = (int)n;
		f->tg->wl = session_winlink(s, (int)n);
		if (f->tg->wl != NULL)
			f->tg->w = f->tg->wl->window;
		return (0);
	}
	return (find_set_winlink(f, session_winlink_step(s, wl,
	    *name == '+' ? (int)n : -(int)n)));
}

static struct winlink *
find_window_match(struct finder *f, const char *name,
    bool (*match)(const char *pattern, const char *name), bool *many)
{
	struct winlink	*wl, *found = NULL;

	*many = false;
	TAILQ_FOREACH(wl, &f->tg->s->windows, entry) {
		if (!match(name, wl->window->name))
			continue;
		if (found != NULL && found->window != wl->window) {
			*many = true;
			return (NULL);
		}
		if (found == NULL)
			found = wl;
	}
	return (found);
}

static bool
match_exact(const char *pattern, const char *name)
{
	return (strcmp(pattern, name) == 0);
}

static bool
match_prefix(const char *pattern, const char *name)
{
	return (str_starts(name, pattern));
}

static bool
match_pattern(const char *pattern, const char *name)
{
	return (fnmatch(pattern, name, 0) == 0);
}

static int
find_window_name(struct finder *f, const char *name)
{
	struct winlink	*wl;
	bool		 many;

	wl = find_window_match(f, name, match_exact, &many);
	if (wl != NULL || many || f->exact_window)
		return (find_set_winlink(f, wl));
	wl = find_window_match(f, name, match_prefix, &many);
	if (wl != NULL || many)
		return (find_set_winlink(f, wl));
	wl = find_window_match(f, name, match_pattern, &many);
	return (find_set_winlink(f, wl));
}

/* A window of the session that is set. */
static int
find_window_in(struct finder *f, const char *name)
{
	struct session	*s = f->tg->s;
	struct winlink	*wl;
	uint32_t	 id;
	long long	 n;

	if (*name == '@') {
		struct window	*w;

		if (find_id(name + 1, &id) != 0 ||
		    (w = model_window(f->m, id)) == NULL || w->dead)
			return (-1);
		return (find_set_winlink(f, session_link(s, w)));
	}
	if (!f->exact_window && (*name == '+' || *name == '-') &&
	    (name[1] == '\0' || isdigit((unsigned char)name[1])))
		return (find_window_offset(f, name));
	if (!f->exact_window && name[0] != '\0' && name[1] == '\0') {
		if (*name == '!')
			return (find_set_winlink(f, TAILQ_FIRST(&s->stack)));
		if (*name == '^')
			return (find_set_winlink(f, TAILQ_FIRST(&s->windows)));
		if (*name == '$')
			return (find_set_winlink(f, TAILQ_LAST(&s->windows,
			    winlink_list)));
	}
	if (*name != '+' && *name != '-' &&
	    str_to_int(name, 0, INT32_MAX, &n, NULL) == 0) {
		if ((wl = session_winlink(s, (int)n)) != NULL)
			return (find_set_winlink(f, wl));
		if (f->flags & TARGET_WINDOW_INDEX) {
			f->tg->index = (int)n;
			return (0);
		}
	}
	return (find_window_name(f, name));
}

/* A window without a session named. */
static int
find_window(struct finder *f, const char *name)
{
	struct window	*w;
	uint32_t	 id;

	if (*name == '@') {
		if (find_id(name + 1, &id) != 0 ||
		    (w = model_window(f->m, id)) == NULL || w->dead)
			return (-1);
		if (f->cur.s != NULL && session_has_window(f->cur.s, w))
			return (find_set_winlink(f, session_link(f->cur.s, w)));
		return (target_from_window(f->tg, w) ? 0 : -1);
	}
	f->tg->s = f->cur.s;
	if (f->tg->s != NULL && find_window_in(f, name) == 0)
		return (0);
	if (f->window_only)
		return (-1);
	target_clear(f->tg);
	if (find_session(f, name) != 0)
		return (-1);
	if (f->tg->s->current == NULL)
		return (-1);
	if (f->flags & TARGET_WINDOW_INDEX) {
		f->tg->index = -1;
		f->tg->wl = NULL;
		return (0);
	}
	return (find_set_winlink(f, f->tg->s->current));
}

static struct pane *
find_pane_around(struct window *w, struct pane *from, const char *name)
{
	if (strcmp(name, "{up-of}") == 0)
		return (window_find_up(from));
	if (strcmp(name, "{down-of}") == 0)
		return (window_find_down(from));
	if (strcmp(name, "{left-of}") == 0)
		return (window_find_left(from));
	if (strcmp(name, "{right-of}") == 0)
		return (window_find_right(from));
	return (window_find_word(w, name));
}

/* A pane of the window that is set. */
static int
find_pane_in(struct finder *f, const char *name)
{
	struct window	*w = f->tg->w;
	struct pane	*p = NULL, *from = w->active;
	uint32_t	 id;
	long long	 n;

	if (f->cur.w == w && f->cur.p != NULL)
		from = f->cur.p;
	if (*name == '%') {
		if (find_id(name + 1, &id) != 0 ||
		    (p = model_pane(f->m, id)) == NULL || p->dead ||
		    p->window != w)
			return (-1);
	} else if (strcmp(name, "!") == 0)
		p = TAILQ_FIRST(&w->last_panes);
	else if ((*name == '+' || *name == '-') &&
	    (n = find_offset(name)) != -1)
		p = window_step(w, from, *name == '+' ? (int)n : -(int)n);
	else if (str_to_int(name, 0, INT32_MAX, &n, NULL) == 0)
		p = window_pane_index(w, (int)n);
	else
		p = find_pane_around(w, from, name);
	if (p == NULL)
		return (-1);
	f->tg->p = p;
	return (0);
}

static int
find_pane(struct finder *f, const char *name)
{
	struct pane	*p;
	uint32_t	 id;

	if (*name == '%') {
		if (find_id(name + 1, &id) != 0 ||
		    (p = model_pane(f->m, id)) == NULL || p->dead)
			return (-1);
		if (f->cur.s != NULL && p->window != NULL &&
		    session_has_window(f->cur.s, p->window)) {
			target_set(f->tg, f->cur.s, f->cur.w == p->window ?
			    f->cur.wl : session_link(f->cur.s, p->window), p);
			return (0);
		}
		return (target_from_pane(f->tg, p) ? 0 : -1);
	}
	*f->tg = f->cur;
	if (f->cur.w != NULL && find_pane_in(f, name) == 0)
		return (0);
	if (f->pane_only)
		return (-1);
	target_clear(f->tg);
	if (find_window(f, name) != 0 || f->tg->w == NULL)
		return (-1);
	f->tg->p = f->tg->w->active;
	return (0);
}

/* {last} and friends to their short forms. */
static const char *
find_word(const char *s, const char *const (*map)[2])
{
	for (; (*map)[0] != NULL; map++) {
		if (strcmp(s, (*map)[0]) == 0)
			return ((*map)[1]);
	}
	return (s);
}

static const char *const find_window_words[][2] = {
	{ "{start}", "^" }, { "{last}", "!" }, { "{end}", "$" },
	{ "{next}", "+" }, { "{previous}", "-" }, { NULL, NULL }
};
static const char *const find_pane_words[][2] = {
	{ "{last}", "!" }, { "{next}", "+" }, { "{previous}", "-" },
	{ "{top}", "{top}" }, { NULL, NULL }
};

static int
find_fail(struct finder *f, const char *kind, const char *what, char **cause)
{
	if (cause != NULL && !(f->flags & TARGET_QUIET))
		xasprintf(cause, "can't find %s: %s", kind, what);
	target_clear(f->tg);
	return (-1);
}

/* What was left out below what was found. */
static int
find_fill(struct finder *f)
{
	struct target	*tg = f->tg;

	if (tg->wl == NULL && tg->s != NULL &&
	    !((f->flags & TARGET_WINDOW_INDEX) && f->type == TARGET_WINDOW)) {
		if (find_set_winlink(f, tg->s->current) != 0)
			return (-1);
	}
	if (tg->p == NULL && tg->w != NULL)
		tg->p = tg->w->active;
	return (0);
}

/* The parts of the text, each NULL if left out. */
struct parts {
	char		*copy;
	const char	*session, *window, *pane;
};

static void
find_split(struct finder *f, const char *text, struct parts *pt)
{
	char	*colon, *period;

	memset(pt, 0, sizeof *pt);
	pt->copy = xstrndup(text, TARGET_TEXT_MAX);
	colon = strchr(pt->copy, ':');
	if (colon != NULL)
		*colon++ = '\0';
	period = strchr(colon != NULL ? colon : pt->copy, '.');
	if (period != NULL)
		*period++ = '\0';
	if (colon != NULL) {
		pt->session = pt->copy;
		pt->window = colon;
		pt->pane = period;
		f->window_only = true;
		f->pane_only = period != NULL;
	} else if (period != NULL) {
		pt->window = pt->copy;
		pt->pane = period;
		f->pane_only = true;
	} else if (*pt->copy == '$')
		pt->session = pt->copy;
	else if (*pt->copy == '@')
		pt->window = pt->copy;
	else if (*pt->copy == '%')
		pt->pane = pt->copy;
	else if (f->type == TARGET_SESSION)
		pt->session = pt->copy;
	else if (f->type == TARGET_WINDOW)
		pt->window = pt->copy;
	else
		pt->pane = pt->copy;
	if (pt->session != NULL && *pt->session == '=') {
		pt->session++;
		f->exact_session = true;
	}
	if (pt->window != NULL && *pt->window == '=') {
		pt->window++;
		f->exact_window = true;
	}
	if (pt->session != NULL && *pt->session == '\0')
		pt->session = NULL;
	if (pt->window != NULL && *pt->window == '\0')
		pt->window = NULL;
	if (pt->pane != NULL && *pt->pane == '\0')
		pt->pane = NULL;
	if (pt->window != NULL)
		pt->window = find_word(pt->window, find_window_words);
	if (pt->pane != NULL)
		pt->pane = find_word(pt->pane, find_pane_words);
}

static int
find_parts(struct finder *f, struct parts *pt, char **cause)
{
	struct target	*tg = f->tg;

	if (pt->session != NULL) {
		if (find_session(f, pt->session) != 0)
			return (find_fail(f, "session", pt->session, cause));
		if (pt->window == NULL && pt->pane == NULL)
			return (find_fill(f));
		if (pt->window != NULL && find_window_in(f, pt->window) != 0)
			return (find_fail(f, "window", pt->window, cause));
		if (pt->pane == NULL)
			return (find_fill(f));
		if (pt->window == NULL) {
			/* "session:.pane", or an id of any of its windows. */
			if (*pt->pane == '%') {
				f->cur.s = tg->s;
				f->cur.w = NULL;
				f->cur.wl = NULL;
				if (find_pane(f, pt->pane) == 0)
					return (0);
				return (find_fail(f, "pane", pt->pane, cause));
			}
			find_set_winlink(f, tg->s->current);
		}
		if (tg->w == NULL || find_pane_in(f, pt->pane) != 0)
			return (find_fail(f, "pane", pt->pane, cause));
		return (0);
	}
	if (pt->window != NULL) {
		if (find_window(f, pt->window) != 0)
			return (find_fail(f, "window", pt->window, cause));
		if (pt->pane == NULL)
			return (find_fill(f));
		if (tg->w == NULL || find_pane_in(f, pt->pane) != 0)
			return (find_fail(f, "pane", pt->pane, cause));
		return (0);
	}
	if (pt->pane != NULL) {
		if (find_pane(f, pt->pane) != 0)
			return (find_fail(f, "pane", pt->pane, cause));
		return (find_fill(f));
	}
	/* ":" or ".": the current one. */
	*tg = f->cur;
	if (f->flags & TARGET_WINDOW_INDEX)
		tg->index = -1;
	return (0);
}

/* Words for the whole.  1 found, 0 not one of them, -1 error. */
static int
find_special(struct finder *f, const char *text, char **cause)
{
	const char	*what = NULL;

	if (strcmp(text, "@") == 0 || strcmp(text, "{active}") == 0 ||
	    strcmp(text, "{current}") == 0) {
		if (target_from_client(f->m, f->tg, cmdq_client(f->item)))
			return (1);
		what = "no current client";
	} else if (strcmp(text, "=") == 0 || strcmp(text, "{mouse}") == 0) {
		if (target_from_mouse(f->m, f->tg, cmdq_event(f->item)))
			return (1);
		what = "no mouse target";
	} else if (strcmp(text, "~") == 0 || strcmp(text, "{marked}") == 0) {
		if (target_marked(f->m, f->tg))
			return (1);
		what = "no marked target";
	} else
		return (0);
	if (cause != NULL && !(f->flags & TARGET_QUIET))
		*cause = xstrdup(what);
	target_clear(f->tg);
	return (-1);
}

/* The current target for this lookup. */
static bool
find_current(struct finder *f, bool given)
{
	if ((f->flags & TARGET_DEFAULT_MARKED) && !given &&
	    target_marked(f->m, &f->cur))
		return (true);
	cmdq_current(f->item, &f->cur);
	if (target_valid(&f->cur)) {
		/* attach-session without a target: one that nobody looks at. */
		if ((f->flags & TARGET_PREFER_UNATTACHED) && !given &&
		    cmdq_client(f->item) != NULL &&
		    cmdq_client(f->item)->session == NULL) {
			struct session	*s = session_best(f->m, NULL, true);

			if (s != NULL)
				target_from_session(&f->cur, s);
		}
		return (true);
	}
	return (false);
}

int
target_find(struct cmdq_item *item, const char *text, enum target_type type,
    unsigned flags, struct target *tg, char **cause)
{
	struct finder	 f = { .m = item_model(item), .item = item,
			    .type = type, .flags = flags, .tg = tg };
	struct parts	 pt;
	bool		 given = text != NULL && *text != '\0';
	int		 r;

	target_clear(tg);
	f.exact_session = (flags & TARGET_EXACT_SESSION) != 0;
	f.exact_window = (flags & TARGET_EXACT_WINDOW) != 0;
	if (!find_current(&f, given) && TAILQ_EMPTY(&f.m->sessions)) {
		if (cause != NULL && !(flags & TARGET_QUIET))
			*cause = xstrdup("no current target");
		return (-1);
	}
	if (!given) {
		*tg = f.cur;
		if (flags & TARGET_WINDOW_INDEX)
			tg->index = -1;
		return (0);
	}
	if ((r = find_special(&f, text, cause)) != 0)
		return (r == 1 ? 0 : -1);
	find_split(&f, text, &pt);
	r = find_parts(&f, &pt, cause);
	free(pt.copy);
	return (r);
}

struct client *
target_find_client(struct cmdq_item *item, const char *text, char **cause)
{
	struct model	*m = item_model(item);
	struct client	*c = cmdq_client(item);
	struct target	 cur;
	size_t		 len;
	char		*copy;

	if (text != NULL && *text != '\0' && strcmp(text, "=") != 0) {
		len = strlen(text);
		copy = xstrdup(text);
		if (len > 1 && copy[len - 1] == ':')
			copy[len - 1] = '\0';
		c = client_find(m, copy);
		if (c == NULL && cause != NULL)
			xasprintf(cause, "can't find client: %s", copy);
		free(copy);
		return (c);
	}
	/* Who asks, if it shows something; else who looks at what is meant. */
	if (c != NULL && c->session != NULL)
		return (c);
	cmdq_current(item, &cur);
	c = NULL;
	if (cur.s != NULL)
		c = client_best(m, cur.s);
	if (c == NULL)
		c = client_best(m, NULL);
	if (c == NULL && cause != NULL)
		*cause = xstrdup("no current client");
	return (c);
}
