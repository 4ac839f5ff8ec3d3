/* SPDX-License-Identifier: ISC */

/*
 * cmd-list.c - list-sessions, -windows, -panes, -clients, -buffers; status.
 *
 * All work alike: each object that the filter (-f) lets through becomes a
 * line by a format (-F); lines are sorted if an order (-O) was given, turned
 * round by -r, and printed.
 */

#include "cmd/cmd-int.h"
#include "term/emu.h"

static enum cmd_result	cmd_list_exec(struct cmd *, struct cmdq_item *);

#define LIST_SESSIONS_FORMAT						\
	"#{session_name}: #{session_windows} windows "			\
	"(created #{t:session_created})"				\
	"#{?session_grouped, (group ,}"					\
	"#{session_group}#{?session_grouped,),}"			\
	"#{?session_attached, (attached),}"
#define LIST_WINDOWS_FORMAT						\
	"#{window_index}: #{window_name}#{window_raw_flags} "		\
	"(#{window_panes} panes) "					\
	"[#{window_width}x#{window_height}] "				\
	"[layout #{window_layout}] #{window_id}"			\
	"#{?window_active, (active),}"
#define LIST_WINDOWS_ALL_FORMAT						\
	"#{session_name}:#{window_index}: "				\
	"#{window_name}#{window_raw_flags} "				\
	"(#{window_panes} panes) "					\
	"[#{window_width}x#{window_height}] "
#define LIST_PANES_FORMAT						\
	"[#{pane_width}x#{pane_height}] [history "			\
	"#{history_size}/#{history_limit}, "				\
	"#{history_bytes} bytes] #{pane_id}"				\
	"#{?pane_active, (active),}#{?pane_dead, (dead),}"
#define LIST_CLIENTS_FORMAT						\
	"#{client_name}: #{session_name} "				\
	"[#{client_width}x#{client_height} #{client_termname}] "	\
	"#{?#{!=:#{client_uid},#{uid}},"				\
	"[user #{?client_user,#{client_user},#{client_uid},}] ,}"	\
	"#{?client_flags,(,}#{client_flags}#{?client_flags,),}"
#define STATUS_FORMAT							\
	"#{client_name}: #{client_session}, #{client_link}"		\
	"#{?#{==:#{client_link},local},,"				\
	"#, heard #{client_silence} s ago"				\
	"#, round trip #{client_rtt} ms (least #{client_rtt_min})"	\
	"#, loss #{client_loss} %#, moved #{client_moves} times}"	\
	", received #{client_received} bytes, sent #{client_written}"
#define LIST_BUFFERS_FORMAT						\
	"#{buffer_name}: #{buffer_size} bytes: \"#{buffer_sample}\""

const struct cmd_entry cmd_list_sessions_entry = {
	.name = "list-sessions",
	.alias = "ls",
	.getopt = "F:f:O:r",
	.min = 0, .max = 0,
	.usage = "[-r] [-F format] [-f filter] [-O order]",
	.flags = CMD_AFTER_HOOK,
	.exec = cmd_list_exec
};

const struct cmd_entry cmd_list_windows_entry = {
	.name = "list-windows",
	.alias = "lsw",
	.getopt = "aF:f:O:rt:",
	.min = 0, .max = 0,
	.usage = "[-ar] [-F format] [-f filter] [-O order] "
	    "[-t target-session]",
	.target = { 't', TARGET_SESSION, 0 },
	.flags = CMD_AFTER_HOOK,
	.exec = cmd_list_exec
};

const struct cmd_entry cmd_list_panes_entry = {
	.name = "list-panes",
	.alias = "lsp",
	.getopt = "aF:f:O:rst:",
	.min = 0, .max = 0,
	.usage = "[-asr] [-F format] [-f filter] [-O order] "
	    "[-t target-window]",
	.target = { 't', TARGET_WINDOW, 0 },
	.flags = CMD_AFTER_HOOK,
	.exec = cmd_list_exec
};

const struct cmd_entry cmd_list_clients_entry = {
	.name = "list-clients",
	.alias = "lsc",
	.getopt = "F:f:O:rt:",
	.min = 0, .max = 0,
	.usage = "[-r] [-F format] [-f filter] [-O order] "
	    "[-t target-session]",
	.target = { 't', TARGET_SESSION, TARGET_CANFAIL },
	.flags = CMD_READONLY | CMD_AFTER_HOOK,
	.exec = cmd_list_exec
};

const struct cmd_entry cmd_status_entry = {
	.name = "status",
	.getopt = "F:f:O:rt:",
	.min = 0, .max = 0,
	.usage = "[-r] [-F format] [-f filter] [-O order] "
	    "[-t target-session]",
	.target = { 't', TARGET_SESSION, TARGET_CANFAIL },
	.flags = CMD_READONLY | CMD_AFTER_HOOK,
	.exec = cmd_list_exec
};

const struct cmd_entry cmd_list_buffers_entry = {
	.name = "list-buffers",
	.alias = "lsb",
	.getopt = "F:f:O:r",
	.min = 0, .max = 0,
	.usage = "[-r] [-F format] [-f filter] [-O order]",
	.flags = CMD_AFTER_HOOK,
	.exec = cmd_list_exec
};

enum list_order { LIST_AS_IS, LIST_ACTIVITY, LIST_CREATION, LIST_NAME,
	LIST_SIZE, LIST_INDEX };

struct list_line {
	char		*text;
	char		*name;
	long long	 number;
	size_t		 place;		/* sorting is stable */
};

struct lister {
	struct cmdq_item	*item;
	struct args		*args;
	const char		*format, *filter;
	enum list_order		 order;
	unsigned		 n;		/* lines so far, for #{line} */
	struct list_line	*lines;
	size_t			 nlines;
};

/* What an object is sorted by. */
struct list_keys {
	const char	*name;
	long long	 activity, creation, size, index;
};

static void
list_add(struct lister *ls, struct format *ft, const struct list_keys *keys)
{
	struct list_line	*l;
	char			*s;
	bool			 show = true;

	format_add(ft, "line", "%u", ls->n++);
	if (ls->filter != NULL) {
		s = format_expand(ft, ls->filter);
		show = format_true(s);
		free(s);
	}
	if (!show) {
		format_free(ft);
		return;
	}
	ls->lines = xreallocarray(ls->lines, ls->nlines + 1, sizeof *ls->lines);
	l = &ls->lines[ls->nlines];
	l->place = ls->nlines++;
	l->text = format_expand(ft, ls->format);
	l->name = xstrdup(keys->name);
	l->number = ls->order == LIST_ACTIVITY ? -keys->activity :
	    ls->order == LIST_CREATION ? keys->creation :
	    ls->order == LIST_SIZE ? keys->size : keys->index;
	format_free(ft);
}

static int
list_compare_name(const void *va, const void *vb)
{
	const struct list_line	*a = va, *b = vb;
	int			 r = strcmp(a->name, b->name);

	return (r != 0 ? r : a->place < b->place ? -1 : 1);
}

static int
list_compare_number(const void *va, const void *vb)
{
	const struct list_line	*a = va, *b = vb;

	if (a->number != b->number)
		return (a->number < b->number ? -1 : 1);
	return (a->place < b->place ? -1 : 1);
}

static void
list_print(struct lister *ls)
{
	size_t	i, at;

	if (ls->nlines > 1 && ls->order == LIST_NAME)
		qsort(ls->lines, ls->nlines, sizeof *ls->lines,
		    list_compare_name);
	else if (ls->nlines > 1 && ls->order != LIST_AS_IS)
		qsort(ls->lines, ls->nlines, sizeof *ls->lines,
		    list_compare_number);
	for (i = 0; i < ls->nlines; i++) {
		at = args_has(ls->args, 'r') ? ls->nlines - 1 - i : i;
		cmdq_print(ls->item, "%s", ls->lines[at].text);
	}
	for (i = 0; i < ls->nlines; i++) {
		free(ls->lines[i].text);
		free(ls->lines[i].name);
	}
	free(ls->lines);
}

static int
list_find_order(const char *s, enum list_order *order)
{
	static const struct { const char *name; enum list_order order; } list[] = {
		{ "activity", LIST_ACTIVITY }, { "creation", LIST_CREATION },
		{ "name", LIST_NAME }, { "title", LIST_NAME },
		{ "size", LIST_SIZE }, { "index", LIST_INDEX },
		{ "key", LIST_INDEX }, { "order", LIST_AS_IS },
	};
	size_t	i;

	*order = LIST_AS_IS;
	if (s == NULL)
		return (0);
	for (i = 0; i < sizeof list / sizeof list[0]; i++) {
		if (strcmp(list[i].name, s) == 0) {
			*order = list[i].order;
			return (0);
		}
	}
	return (-1);
}

static struct format *
list_format(struct lister *ls, struct client *c, struct session *s,
    struct winlink *wl, struct pane *p)
{
	return (format_for(item_model(ls->item), 0, c, s, wl, p));
}

static int
session_compare(const void *va, const void *vb)
{
	struct session *const	*a = va, *const *b = vb;

	return (strcmp((*a)->name, (*b)->name));
}

/* All sessions by name; the caller frees the array. */
static struct session **
list_sessions(struct model *m, size_t *n)
{
	struct session	*s, **out;
	size_t		 i = 0;

	*n = 0;
	TAILQ_FOREACH(s, &m->sessions, entry)
		(*n)++;
	out = xcalloc(*n + 1, sizeof *out);
	TAILQ_FOREACH(s, &m->sessions, entry)
		out[i++] = s;
	if (*n > 1)
		qsort(out, *n, sizeof *out, session_compare);
	return (out);
}

static void
list_session(struct lister *ls, struct session *s)
{
	struct list_keys	 k = { .name = s->name,
				    .activity = (long long)s->activity_us,
				    .creation = (long long)s->created,
				    .size = session_count(s), .index = s->id };

	list_add(ls, list_format(ls, NULL, s, NULL, NULL), &k);
}

static void
list_windows(struct lister *ls, struct session *s)
{
	struct winlink	*wl;

	TAILQ_FOREACH(wl, &s->windows, entry) {
		struct window		*w = wl->window;
		struct list_keys	 k = { .name = w->name,
				    .activity = (long long)w->activity_us,
				    .creation = w->id,
				    .size = (long long)w->cols * w->rows,
				    .index = wl->index };

		list_add(ls, list_format(ls, NULL, s, wl, NULL), &k);
	}
}

static void
list_panes(struct lister *ls, struct session *s, struct winlink *wl)
{
	struct pane	*p;
	int		 i = 0;

	TAILQ_FOREACH(p, &wl->window->panes, entry) {
		struct list_keys	 k = { .name = emu_title(p->emu),
				    .activity = (long long)p->activity,
				    .creation = p->id,
				    .size = (long long)p->cols * p->rows,
				    .index = i++ };

		list_add(ls, list_format(ls, NULL, s, wl, p), &k);
	}
}

static void
list_panes_session(struct lister *ls, struct session *s)
{
	struct winlink	*wl;

	TAILQ_FOREACH(wl, &s->windows, entry)
		list_panes(ls, s, wl);
}

static void
list_clients(struct lister *ls, struct session *s)
{
	struct client	*c;

	TAILQ_FOREACH(c, &item_model(ls->item)->clients, entry) {
		struct list_keys	 k = { .name = c->name,
				    .activity = (long long)c->activity_us,
				    .creation = (long long)c->created,
				    .size = (long long)c->cols * c->rows,
				    .index = c->id };

		if (!client_here(c) || (s != NULL && c->session != s))
			continue;
		list_add(ls, list_format(ls, c, NULL, NULL, NULL), &k);
	}
}

static void
list_buffers(struct lister *ls)
{
	struct model	*m = item_model(ls->item);
	struct paste	*pb;
	struct format	*ft;
	size_t		 i;

	for (i = 0; i < paste_count(m->pastes); i++) {
		pb = paste_at(m->pastes, i);
		struct list_keys	 k = { .name = pb->name,
				    .activity = pb->order,
				    .creation = pb->order,
				    .size = (long long)pb->len,
				    .index = pb->order };

		ft = format_new(m, 0);
		format_paste(ft, pb->name);
		list_add(ls, ft, &k);
	}
}

static enum cmd_result
cmd_list_exec(struct cmd *cmd, struct cmdq_item *item)
{
	const struct cmd_entry	*entry = cmd_entry(cmd);
	struct args		*args = cmd_args(cmd);
	struct target		*tg = cmdq_target(item);
	struct lister		 ls = { .item = item, .args = args };
	struct session		**sessions;
	const char		*def = LIST_SESSIONS_FORMAT;
	bool			 all = false;
	size_t			 i, n;

	if (list_find_order(args_get(args, 'O'), &ls.order) != 0) {
		cmdq_error(item, "invalid sort order");
		return (CMD_ERROR);
	}
	if (entry == &cmd_list_windows_entry) {
		all = args_has(args, 'a');
		def = all ? LIST_WINDOWS_ALL_FORMAT : LIST_WINDOWS_FORMAT;
	} else if (entry == &cmd_list_panes_entry) {
		all = args_has(args, 'a');
		def = all ? "#{session_name}:#{window_index}.#{pane_index}: "
		    LIST_PANES_FORMAT : args_has(args, 's') ?
		    "#{window_index}.#{pane_index}: " LIST_PANES_FORMAT :
		    "#{pane_index}: " LIST_PANES_FORMAT;
	} else if (entry == &cmd_list_clients_entry)
		def = LIST_CLIENTS_FORMAT;
	else if (entry == &cmd_status_entry)
		def = STATUS_FORMAT;
	else if (entry == &cmd_list_buffers_entry)
		def = LIST_BUFFERS_FORMAT;
	ls.format = args_has(args, 'F') ? args_get(args, 'F') : def;
	ls.filter = args_get(args, 'f');

	if (entry == &cmd_list_clients_entry || entry == &cmd_status_entry) {
		if (args_has(args, 't') && tg->s == NULL) {
			cmdq_error(item, "can't find session: %s",
			    args_get(args, 't'));
			return (CMD_ERROR);
		}
		list_clients(&ls, args_has(args, 't') ? tg->s : NULL);
	} else if (entry == &cmd_list_buffers_entry)
		list_buffers(&ls);
	else if (all || entry == &cmd_list_sessions_entry) {
		sessions = list_sessions(item_model(item), &n);
		for (i = 0; i < n; i++) {
			if (entry == &cmd_list_sessions_entry)
				list_session(&ls, sessions[i]);
			else if (entry == &cmd_list_windows_entry)
				list_windows(&ls, sessions[i]);
			else
				list_panes_session(&ls, sessions[i]);
		}
		free(sessions);
	} else if (entry == &cmd_list_windows_entry)
		list_windows(&ls, tg->s);
	else if (args_has(args, 's'))
		list_panes_session(&ls, tg->s);
	else
		list_panes(&ls, tg->s, tg->wl);
	list_print(&ls);
	return (CMD_OK);
}
