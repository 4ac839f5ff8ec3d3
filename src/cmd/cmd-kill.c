/* SPDX-License-Identifier: ISC */

/*
 * cmd-kill.c - kill-pane, kill-window, unlink-window, kill-session,
 * kill-server.
 *
 * Clients of a session that ends are not moved here: the server looks after
 * them at the end of its turn, as it does when the last program exits.
 */

#include "cmd/cmd-int.h"

static enum cmd_result	cmd_kill_pane_exec(struct cmd *, struct cmdq_item *);
static enum cmd_result	cmd_kill_window_exec(struct cmd *, struct cmdq_item *);
static enum cmd_result	cmd_kill_session_exec(struct cmd *, struct cmdq_item *);
static enum cmd_result	cmd_kill_server_exec(struct cmd *, struct cmdq_item *);

const struct cmd_entry cmd_kill_pane_entry = {
	.name = "kill-pane",
	.alias = "killp",
	.getopt = "af:t:",
	.min = 0, .max = 0,
	.usage = "[-a] [-f filter] [-t target-pane]",
	.target = { 't', TARGET_PANE, 0 },
	.flags = CMD_AFTER_HOOK,
	.exec = cmd_kill_pane_exec
};

const struct cmd_entry cmd_kill_window_entry = {
	.name = "kill-window",
	.alias = "killw",
	.getopt = "af:t:",
	.min = 0, .max = 0,
	.usage = "[-a] [-f filter] [-t target-window]",
	.target = { 't', TARGET_WINDOW, 0 },
	.exec = cmd_kill_window_exec
};

const struct cmd_entry cmd_unlink_window_entry = {
	.name = "unlink-window",
	.alias = "unlinkw",
	.getopt = "kt:",
	.min = 0, .max = 0,
	.usage = "[-k] [-t target-window]",
	.target = { 't', TARGET_WINDOW, 0 },
	.exec = cmd_kill_window_exec
};

const struct cmd_entry cmd_kill_session_entry = {
	.name = "kill-session",
	.alias = NULL,
	.getopt = "aCgf:t:",
	.min = 0, .max = 0,
	.usage = "[-aCg] [-f filter] [-t target-session]",
	.target = { 't', TARGET_SESSION, 0 },
	.exec = cmd_kill_session_exec
};

const struct cmd_entry cmd_kill_server_entry = {
	.name = "kill-server",
	.alias = NULL,
	.getopt = "",
	.min = 0, .max = 0,
	.usage = "",
	.exec = cmd_kill_server_exec
};

/* -f: whether the object is meant. */
static bool
kill_wanted(struct cmdq_item *item, const char *filter, struct session *s,
    struct winlink *wl, struct pane *p)
{
	char	*text;
	bool	 r;

	if (filter == NULL)
		return (true);
	text = format_single(item_model(item), filter, NULL, s, wl, p);
	r = format_true(text);
	free(text);
	return (r);
}

static enum cmd_result
cmd_kill_pane_exec(struct cmd *cmd, struct cmdq_item *item)
{
	struct args	*args = cmd_args(cmd);
	struct target	*tg = cmdq_target(item);
	struct window	*w = tg->w;
	struct pane	*p, *next;
	const char	*filter = args_get(args, 'f');

	if (!args_has(args, 'a')) {
		if (kill_wanted(item, filter, tg->s, tg->wl, tg->p))
			window_remove_pane(w, tg->p);
		return (CMD_OK);
	}
	window_unzoom(w);
	TAILQ_FOREACH_SAFE(p, &w->panes, entry, next) {
		if (p != tg->p && kill_wanted(item, filter, tg->s, tg->wl, p))
			window_remove_pane(w, p);
	}
	return (CMD_OK);
}

/* kill-window -a: what is left keeps its numbers unless renumber-windows. */
static void
kill_other_windows(struct cmdq_item *item, struct target *tg,
    const char *filter)
{
	struct session	*s = tg->s;
	struct winlink	*wl;
	bool		 found;

	do {
		found = false;
		TAILQ_FOREACH(wl, &s->windows, entry) {
			if (wl->window == tg->w ||
			    !kill_wanted(item, filter, s, wl, NULL))
				continue;
			window_destroy(wl->window);
			found = true;
			break;
		}
	} while (found);
	/* Other links of the window itself in this session go too. */
	do {
		found = false;
		TAILQ_FOREACH(wl, &s->windows, entry) {
			if (wl->window != tg->w || wl == tg->wl ||
			    filter != NULL)
				continue;
			session_detach(s, wl);
			found = true;
			break;
		}
	} while (found);
}

static void
kill_renumber(struct session *s)
{
	if (!s->dead && options_number(s->options, "renumber-windows"))
		session_renumber(s);
}

static unsigned
window_links(struct window *w)
{
	struct winlink	*wl;
	unsigned	 n = 0;

	TAILQ_FOREACH(wl, &w->links, wentry)
		n++;
	return (n);
}

/* Links of a window outside of the session's group. */
static bool
window_linked_elsewhere(struct window *w, struct session *s)
{
	struct winlink	*wl;

	TAILQ_FOREACH(wl, &w->links, wentry) {
		if (wl->session != s && (s->group == NULL ||
		    wl->session->group != s->group))
			return (true);
	}
	return (false);
}

static enum cmd_result
unlink_window(struct cmdq_item *item, struct args *args, struct target *tg)
{
	struct session	*s = tg->s;

	if (!args_has(args, 'k') && (window_links(tg->w) < 2 ||
	    (s->group != NULL && !window_linked_elsewhere(tg->w, s)))) {
		cmdq_error(item, "window only linked to one session");
		return (CMD_ERROR);
	}
	session_detach(s, tg->wl);
	if (!s->dead && TAILQ_EMPTY(&s->windows))
		session_destroy(s);
	kill_renumber(s);
	return (CMD_OK);
}

static enum cmd_result
cmd_kill_window_exec(struct cmd *cmd, struct cmdq_item *item)
{
	struct args	*args = cmd_args(cmd);
	struct target	*tg = cmdq_target(item);
	struct session	*s = tg->s, *o, *next;
	const char	*filter = args_get(args, 'f');

	if (cmd_entry(cmd) == &cmd_unlink_window_entry)
		return (unlink_window(item, args, tg));
	if (args_has(args, 'a'))
		kill_other_windows(item, tg, filter);
	else if (kill_wanted(item, filter, s, tg->wl, NULL))
		window_destroy(tg->w);
	TAILQ_FOREACH_SAFE(o, &item_model(item)->sessions, entry, next)
		kill_renumber(o);
	return (CMD_OK);
}

static void
kill_sessions(struct cmdq_item *item, struct session *s, struct session *but,
    bool group)
{
	struct session		*o, *next;
	struct session_group	*g = s->group;

	TAILQ_FOREACH_SAFE(o, &item_model(item)->sessions, entry, next) {
		if (o == but || (group && o->group != g))
			continue;
		session_destroy(o);
	}
}

static enum cmd_result
cmd_kill_session_exec(struct cmd *cmd, struct cmdq_item *item)
{
	struct args	*args = cmd_args(cmd);
	struct session	*s = cmdq_target(item)->s, *o, *next;
	const char	*filter = args_get(args, 'f');
	struct winlink	*wl;

	if (args_has(args, 'C')) {
		TAILQ_FOREACH(wl, &s->windows, entry)
			window_clear_alerts(wl);
		model_touch(item_model(item));
	} else if (filter != NULL) {
		TAILQ_FOREACH_SAFE(o, &item_model(item)->sessions, entry, next) {
			if (args_has(args, 'a') ? o == s : o != s)
				continue;
			if (kill_wanted(item, filter, o, NULL, NULL))
				session_destroy(o);
		}
	} else if (args_has(args, 'a'))
		kill_sessions(item, s, s, false);
	else if (args_has(args, 'g') && s->group != NULL)
		kill_sessions(item, s, NULL, true);
	else
		session_destroy(s);
	return (CMD_OK);
}

static enum cmd_result
cmd_kill_server_exec(struct cmd *cmd, struct cmdq_item *item)
{
	const struct cmd_host	*host;
	void			*arg;

	(void)cmd;
	host = item_host(item, &arg);
	if (host->exit_server != NULL)
		host->exit_server(arg);
	return (CMD_OK);
}
