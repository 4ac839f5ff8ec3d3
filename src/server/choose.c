/* SPDX-License-Identifier: ISC */

/*
 * choose.c - see choose.h.
 *
 * An item's id says what it is: the kind in the top byte, then the session, then the
 * window's index or the pane's, client's or buffer's number.
 */

#include <stdlib.h>
#include <string.h>

#include "base/xmalloc.h"
#include "mode/box.h"
#include "mode/tree.h"
#include "model/format.h"
#include "model/option.h"
#include "model/paste.h"
#include "model/style.h"
#include "server/choose.h"
#include "server/modes.h"
#include "server/peer.h"
#include "server/server.h"

enum kind { KIND_SESSION = 1, KIND_WINDOW, KIND_PANE, KIND_CLIENT, KIND_BUFFER };

#define ID(kind, session, n)	((uint64_t)(kind) << 56 | ((uint64_t)(session) & 0xffffff) << 32 | \
				 (uint32_t)(n))
#define ID_KIND(id)		((enum kind)((id) >> 56))
#define ID_SESSION(id)		((uint32_t)((id) >> 32) & 0xffffff)
#define ID_N(id)		((uint32_t)(id))

/* The least width of one screen among several in a preview. */
#define PREVIEW_COLUMNS	24

struct chooser {
	struct server	*s;
	uint32_t	 pane;
	char		*template;
	char		*format;	/* -F or NULL */
	bool		 tree, buffers, clients;
	bool		 sessions_only, windows_only;
};

static const key_code	own_keys[] = { 'x', 'X', 'd', 'D', KEY_NONE };
static const key_code	many_keys[] = { 'X', 'D', KEY_NONE };
static const char *const own_help[] = {
	"x  Kill or delete the selected item", "X  Kill or delete the tagged items",
	"d  Detach the client, delete the buffer", "D  The same for the tagged items", NULL
};
static const char *const tree_sorts[] = { "index", "name", "time", NULL };

static bool
passes(struct chooser *ch, const char *filter, struct client *c, struct session *se,
    struct winlink *wl, struct pane *p)
{
	char	*v;
	bool	 ok;

	if (filter == NULL)
		return (true);
	v = format_single(ch->s->model, filter, c, se, wl, p);
	ok = format_true(v);
	free(v);
	return (ok);
}

static void
add(struct chooser *ch, struct tree_list *list, uint64_t id, uint64_t parent, const char *name,
    const char *format, struct client *c, struct session *se, struct winlink *wl, struct pane *p,
    bool expanded)
{
	struct tree_item	it;
	char			*text;

	text = format_single(ch->s->model, ch->format != NULL ? ch->format : format, c, se, wl, p);
	memset(&it, 0, sizeof it);
	it.id = id;
	it.parent = parent;
	it.name = name;
	it.text = text;
	it.expanded = expanded;
	tree_add(list, &it);
	free(text);
}

static int
by_name(const void *a, const void *b)
{
	return (strcmp((*(struct session *const *)a)->name, (*(struct session *const *)b)->name));
}

static int
by_time(const void *a, const void *b)
{
	const struct session	*x = *(struct session *const *)a, *y = *(struct session *const *)b;

	return (x->activity_us > y->activity_us ? -1 : x->activity_us < y->activity_us);
}

static size_t
build_tree(struct chooser *ch, struct tree_list *list, int sort, bool reversed,
    const char *filter)
{
	struct model	*m = ch->s->model;
	struct session	*se, **all;
	struct winlink	*wl;
	struct pane	*p;
	char		 name[32];
	size_t		 i, n = 0, count = 0;
	uint64_t	 sid, wid;

	TAILQ_FOREACH(se, &m->sessions, entry)
		n++;
	all = xcalloc(n + 1, sizeof *all);
	n = 0;
	TAILQ_FOREACH(se, &m->sessions, entry)
		all[n++] = se;
	if (sort == 1)
		qsort(all, n, sizeof *all, by_name);
	else if (sort == 2)
		qsort(all, n, sizeof *all, by_time);
	for (i = 0; i < n; i++) {
		se = all[reversed ? n - 1 - i : i];
		sid = ID(KIND_SESSION, se->id, 0);
		add(ch, list, sid, 0, se->name, "#{E:tree_mode_format}", NULL, se, NULL, NULL,
		    !ch->sessions_only);
		TAILQ_FOREACH(wl, &se->windows, entry) {
			if (!passes(ch, filter, NULL, se, wl, wl->window->active))
				continue;
			count++;
			wid = ID(KIND_WINDOW, se->id, wl->index);
			snprintf(name, sizeof name, "%d", wl->index);
			add(ch, list, wid, sid, name, "#{E:tree_mode_format}", NULL, se, wl, NULL,
			    !ch->windows_only && !ch->sessions_only);
			if (window_count(wl->window) < 2)
				continue;
			TAILQ_FOREACH(p, &wl->window->panes, entry) {
				snprintf(name, sizeof name, "%d", window_index_of(wl->window, p));
				add(ch, list, ID(KIND_PANE, se->id, p->id), wid, name,
				    "#{E:tree_mode_format}", NULL, se, wl, p, false);
			}
		}
	}
	free(all);
	return (count);
}

static size_t
build_clients(struct chooser *ch, struct tree_list *list, const char *filter)
{
	struct client	*c;
	size_t		 n = 0;

	TAILQ_FOREACH(c, &ch->s->model->clients, entry) {
		if (!client_here(c) || !passes(ch, filter, c, c->session, NULL, NULL))
			continue;
		add(ch, list, ID(KIND_CLIENT, 0, c->id), 0, c->name, "#{E:client_mode_format}",
		    c, c->session, c->session->current, NULL, false);
		n++;
	}
	return (n);
}

static size_t
build_buffers(struct chooser *ch, struct tree_list *list, const char *filter)
{
	struct pastes		*ps = ch->s->model->pastes;
	struct tree_item	 it;
	struct format		*ft;
	struct paste		*p;
	char			*text, *keep;
	size_t			 i, n = paste_count(ps), count = 0;

	for (i = 0; i < n; i++) {
		p = paste_at(ps, i);
		ft = format_new(ch->s->model, 0);
		format_paste(ft, p->name);
		keep = filter != NULL ? format_expand(ft, filter) : NULL;
		if (keep == NULL || format_true(keep)) {
			text = format_expand(ft, ch->format != NULL ? ch->format :
			    "#{E:buffer_mode_format}");
			memset(&it, 0, sizeof it);
			it.id = ID(KIND_BUFFER, 0, p->order);
			it.name = p->name;
			it.text = text;
			tree_add(list, &it);
			free(text);
			count++;
		}
		free(keep);
		format_free(ft);
	}
	return (count);
}

static bool
chooser_build(void *arg, struct tree_list *list, int sort, bool reversed, const char *filter)
{
	struct chooser	*ch = arg;

	if (ch->buffers)
		return (build_buffers(ch, list, filter) > 0 || filter == NULL);
	if (ch->clients)
		return (build_clients(ch, list, filter) > 0 || filter == NULL);
	return (build_tree(ch, list, sort, reversed, filter) > 0 || filter == NULL);
}

/*** Previews ***/

static struct paste *
buffer_of(struct chooser *ch, uint64_t id)
{
	struct paste	*p;
	size_t		 i;

	for (i = 0; i < paste_count(ch->s->model->pastes); i++) {
		p = paste_at(ch->s->model->pastes, i);
		if (p->order == ID_N(id))
			return (p);
	}
	return (NULL);
}

static struct pane *
pane_of(struct chooser *ch, uint64_t id)
{
	struct session	*se;
	struct winlink	*wl;
	struct client	*c;

	switch (ID_KIND(id)) {
	case KIND_PANE:
		return (model_pane(ch->s->model, ID_N(id)));
	case KIND_CLIENT:
		c = model_client(ch->s->model, ID_N(id));
		se = c != NULL ? c->session : NULL;
		return (se != NULL ? se->current->window->active : NULL);
	default:
		break;
	}
	if ((se = model_session(ch->s->model, ID_SESSION(id))) == NULL)
		return (NULL);
	wl = ID_KIND(id) == KIND_WINDOW ? session_winlink(se, (int)ID_N(id)) : se->current;
	return (wl != NULL ? wl->window->active : NULL);
}

/* The screen of a pane, the part around its cursor. */
static void
preview_pane(struct pane *p, struct canvas *cv, int x, int y, int w, int h)
{
	struct snap	*snap = emu_snap(p->emu);
	int		 i, from, left;

	from = snap->cy >= h ? snap->cy - h + 1 : 0;
	left = snap->cx >= w ? snap->cx - w + 1 : 0;
	for (i = 0; i < h && from + i < snap->rows; i++)
		canvas_row(cv, x, y + i, snap->row[from + i], left,
		    w < snap->cols - left ? w : snap->cols - left);
	snap_unref(snap);
}

/* One of several screens in a preview, and what is written over it. */
struct preview {
	struct pane	*pane;
	char		*label;
	struct cell	 style;
};

/* The format is of a pane or of a window, and freed. */
static void
preview_init(struct preview *pv, struct pane *p, struct format *ft)
{
	pv->pane = p;
	pv->label = format_expand(ft, options_string(p->options, "tree-mode-preview-format"));
	modes_style(ft, p->options, "tree-mode-preview-style", &pv->style);
	pv->style.ch = ' ';
	format_free(ft);
}

/* Its label in a box, in the middle; nothing where there is no room. */
static void
preview_label(const struct preview *pv, struct canvas *cv, int x, int y, int w, int h)
{
	struct mode_text mt = modes_text();
	int		 tw = format_width(pv->label);

	if (tw == 0 || tw + 4 > w || h < 3)
		return;
	x += (w - tw - 4) / 2;
	y += (h - 3) / 2;
	canvas_fill(cv, x, y, tw + 4, 3, &pv->style);
	box_draw(cv, x, y, tw + 4, 3, BOX_SINGLE, &pv->style, NULL, &mt);
	mt.draw(mt.arg, cv, x + 2, y + 1, tw, &pv->style, pv->label);
}

/*
 * Several screens side by side, as many as have room, from the first or so
 * that the current one is seen.
 */
static void
preview_row(const struct preview *pv, int n, int at, struct canvas *cv, int x, int y, int w, int h)
{
	struct cell	 line = { .ch = 0x2502 };
	int		 i, j, k, each, wide, shown = n;

	if (w / PREVIEW_COLUMNS < shown)
		shown = w / PREVIEW_COLUMNS;
	if (shown < 1)
		shown = 1;
	each = w / shown;
	i = at >= shown ? at - shown + 1 : 0;
	for (j = 0; j < shown; j++, i++, x += each, w -= each) {
		wide = j == shown - 1 ? w : each - 1;
		preview_pane(pv[i].pane, cv, x, y, wide, h);
		preview_label(&pv[i], cv, x, y, wide, h);
		for (k = 0; j < shown - 1 && k < h; k++)
			canvas_put(cv, x + wide, y + k, &line, NULL);
	}
}

/* The windows of a session, or the panes of a window. */
static void
preview_many(struct chooser *ch, struct session *se, struct window *w, struct canvas *cv, int x,
    int y, int cols, int rows)
{
	struct preview	*pv;
	struct pane	*p;
	struct winlink	*wl;
	int		 n = 0, i = 0, at = 0;

	if (w != NULL)
		n = (int)window_count(w);
	else {
		TAILQ_FOREACH(wl, &se->windows, entry)
			n++;
	}
	pv = xcalloc((size_t)n + 1, sizeof *pv);
	if (w != NULL) {
		TAILQ_FOREACH(p, &w->panes, entry) {
			if (p == w->active)
				at = i;
			preview_init(&pv[i++], p, modes_format_of(ch->s, p));
		}
	} else {
		TAILQ_FOREACH(wl, &se->windows, entry) {
			if (wl == se->current)
				at = i;
			preview_init(&pv[i++], wl->window->active,
			    format_for(ch->s->model, FORMAT_NOJOBS, NULL, se, wl, NULL));
		}
	}
	if (n > 0)
		preview_row(pv, n, at, cv, x, y, cols, rows);
	for (i = 0; i < n; i++)
		free(pv[i].label);
	free(pv);
}

static void
preview_buffer(struct paste *pb, struct canvas *cv, int x, int y, int w, int h)
{
	struct cell	 plain = { .ch = 0 };
	const char	*at = (const char *)pb->data, *end = at + pb->len, *nl;
	int		 i;

	for (i = 0; i < h && at < end; i++, at = nl + 1) {
		if ((nl = memchr(at, '\n', (size_t)(end - at))) == NULL)
			nl = end;
		canvas_text(cv, x, y + i, w, &plain, at, (size_t)(nl - at));
	}
}

static void
chooser_preview(void *arg, uint64_t id, struct canvas *cv, int x, int y, int w, int h)
{
	struct chooser	*ch = arg;
	struct session	*se;
	struct winlink	*wl;
	struct paste	*pb;
	struct pane	*p;

	switch (ID_KIND(id)) {
	case KIND_BUFFER:
		if ((pb = buffer_of(ch, id)) != NULL)
			preview_buffer(pb, cv, x, y, w, h);
		break;
	case KIND_SESSION:
		if ((se = model_session(ch->s->model, ID_SESSION(id))) != NULL)
			preview_many(ch, se, NULL, cv, x, y, w, h);
		break;
	case KIND_WINDOW:
		if ((se = model_session(ch->s->model, ID_SESSION(id))) != NULL &&
		    (wl = session_winlink(se, (int)ID_N(id))) != NULL)
			preview_many(ch, se, wl->window, cv, x, y, w, h);
		break;
	default:
		if ((p = pane_of(ch, id)) != NULL)
			preview_pane(p, cv, x, y, w, h);
		break;
	}
}

/*** Entering ***/

static void
chooser_free(void *arg)
{
	struct chooser	*ch = arg;

	free(ch->template);
	free(ch->format);
	free(ch);
}

/* -O: a name of an order, the first if it is none. */
static int
order_of(const char *const *sorts, const char *name)
{
	int	 i;

	for (i = 0; sorts != NULL && name != NULL && sorts[i] != NULL; i++) {
		if (strcmp(sorts[i], name) == 0)
			return (i);
	}
	return (0);
}

int
choose_enter(struct server *s, struct pane *p, const struct cmd_mode *cm, char **cause)
{
	static char		 tree_template[] = "switch-client -Zt '%%'";
	static char		 client_template[] = "detach-client -t '%%'";
	static char		 buffer_template[] = "paste-buffer -p -b '%%'";
	struct tree_config	 tc;
	struct chooser		*ch;
	struct format		*ft;
	const char		*text = args_string(cm->args, 0);
	struct mode		*m;

	ch = xcalloc(1, sizeof *ch);
	ch->s = s;
	ch->pane = p->id;
	if (strcmp(cm->name, "tree-mode") == 0) {
		ch->tree = true;
		ch->sessions_only = args_has(cm->args, 's') != 0;
		ch->windows_only = args_has(cm->args, 'w') != 0;
		ch->template = xstrdup(text != NULL ? text : tree_template);
	} else if (strcmp(cm->name, "client-mode") == 0) {
		ch->clients = true;
		ch->template = xstrdup(text != NULL ? text : client_template);
	} else if (strcmp(cm->name, "buffer-mode") == 0) {
		ch->buffers = true;
		ch->template = xstrdup(text != NULL ? text : buffer_template);
		if (paste_count(s->model->pastes) == 0) {
			chooser_free(ch);
			return (1);
		}
	} else {
		xasprintf(cause, "%s is not supported by this version", cm->name);
		chooser_free(ch);
		return (-1);
	}
	if (args_get(cm->args, 'F') != NULL)
		ch->format = xstrdup(args_get(cm->args, 'F'));
	memset(&tc, 0, sizeof tc);
	tc.name = cm->name;
	tc.flags = (args_has(cm->args, 'N') ? TREE_NO_PREVIEW : 0) |
	    (args_has(cm->args, 'r') ? TREE_REVERSED : 0) | (ch->tree ? 0 : TREE_FLAT);
	ft = modes_format_of(s, p);
	modes_style(ft, p->options, "tree-mode-selection-style", &tc.selection);
	modes_style(ft, p->options, "tree-mode-border-style", &tc.border);
	format_free(ft);
	tc.text = modes_text();
	tc.arg = ch;
	tc.build = chooser_build;
	tc.preview = chooser_preview;
	tc.sorts = ch->tree ? tree_sorts : NULL;
	tc.sort = order_of(tc.sorts, args_get(cm->args, 'O'));
	tc.own = own_keys;
	tc.many = many_keys;
	tc.help = own_help;
	tc.filter = args_get(cm->args, 'f');
	tc.free = chooser_free;
	if (ch->tree && cm->target != NULL && cm->target->s != NULL)
		tc.current = ch->sessions_only || cm->target->wl == NULL ?
		    ID(KIND_SESSION, cm->target->s->id, 0) :
		    ID(KIND_WINDOW, cm->target->s->id, cm->target->wl->index);
	m = tree_new(p->cols, p->rows, &tc);
	m->owner = ch;
	modes_push(s, p, m);
	if (args_has(cm->args, 'Z'))
		window_zoom(p);
	return (0);
}

void
choose_gone(struct mode *m)
{
	m->owner = NULL;
}

/*** Acting ***/

static char *
target_text(struct chooser *ch, uint64_t id)
{
	struct session	*se;
	struct client	*c;
	struct paste	*pb;
	char		*out = NULL;

	switch (ID_KIND(id)) {
	case KIND_SESSION:
		if (model_session(ch->s->model, ID_SESSION(id)) != NULL)
			xasprintf(&out, "$%u:", ID_SESSION(id));
		break;
	case KIND_WINDOW:
		if ((se = model_session(ch->s->model, ID_SESSION(id))) != NULL)
			xasprintf(&out, "$%u:%u.", ID_SESSION(id), ID_N(id));
		break;
	case KIND_PANE:
		if (model_pane(ch->s->model, ID_N(id)) != NULL)
			xasprintf(&out, "%%%u", ID_N(id));
		break;
	case KIND_CLIENT:
		if ((c = model_client(ch->s->model, ID_N(id))) != NULL)
			out = xstrdup(c->name);
		break;
	case KIND_BUFFER:
		if ((pb = buffer_of(ch, id)) != NULL)
			out = xstrdup(pb->name);
		break;
	}
	return (out);
}

static void
remove_item(struct chooser *ch, uint64_t id)
{
	struct session	*se;
	struct winlink	*wl;
	struct pane	*p;
	struct client	*c;
	struct paste	*pb;

	switch (ID_KIND(id)) {
	case KIND_SESSION:
		if ((se = model_session(ch->s->model, ID_SESSION(id))) != NULL)
			session_destroy(se);
		break;
	case KIND_WINDOW:
		if ((se = model_session(ch->s->model, ID_SESSION(id))) != NULL &&
		    (wl = session_winlink(se, (int)ID_N(id))) != NULL)
			window_destroy(wl->window);
		break;
	case KIND_PANE:
		if ((p = model_pane(ch->s->model, ID_N(id))) != NULL)
			window_remove_pane(p->window, p);
		break;
	case KIND_CLIENT:
		if ((c = model_client(ch->s->model, ID_N(id))) != NULL && peer_of(c) != NULL)
			peer_exit(peer_of(c), TALK_EXIT_DETACHED, 0,
			    c->session != NULL ? c->session->name : NULL);
		break;
	case KIND_BUFFER:
		if ((pb = buffer_of(ch, id)) != NULL)
			paste_delete(ch->s->model, pb);
		break;
	}
}

void
choose_done(struct server *s, struct pane *p, struct client *c, struct mode *m,
    const struct mode_result *r)
{
	struct chooser	*ch = m->owner;
	struct target	 tg;
	char		*name, *command;
	size_t		 i;
	bool		 mine = false;

	if (ch == NULL)
		return;
	if (r->key == '\r') {
		if (r->nids == 0 || (name = target_text(ch, r->ids[0])) == NULL)
			return;
		command = cmd_template_replace(ch->template, name);
		cmdq_append_text(s->cmdq, c, command, target_from_pane(&tg, p) ? &tg : NULL,
		    NULL, 0);
		free(command);
		free(name);
		return;
	}
	for (i = 0; i < r->nids; i++) {
		/* The pane that shows the list goes last, and takes the list along. */
		if (pane_of(ch, r->ids[i]) == p && ID_KIND(r->ids[i]) != KIND_CLIENT &&
		    ID_KIND(r->ids[i]) != KIND_BUFFER)
			mine = true;
		else
			remove_item(ch, r->ids[i]);
	}
	if (mine && c != NULL)
		cmdq_append_text(s->cmdq, c, "confirm-before -p 'kill the current one? (y/n)' "
		    "kill-pane", target_from_pane(&tg, p) ? &tg : NULL, NULL, 0);
	mode_changed(m);
	server_wake(s);
}
