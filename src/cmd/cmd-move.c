/* SPDX-License-Identifier: ISC */

/*
 * cmd-move.c - things to other places: swap-window, move-window, link-window,
 * swap-pane, break-pane, join-pane, move-pane.
 */

#include "cmd/cmd-int.h"

static enum cmd_result	cmd_swap_window_exec(struct cmd *, struct cmdq_item *);
static enum cmd_result	cmd_move_window_exec(struct cmd *, struct cmdq_item *);
static enum cmd_result	cmd_swap_pane_exec(struct cmd *, struct cmdq_item *);
static enum cmd_result	cmd_break_pane_exec(struct cmd *, struct cmdq_item *);
static enum cmd_result	cmd_join_pane_exec(struct cmd *, struct cmdq_item *);

const struct cmd_entry cmd_swap_window_entry = {
	.name = "swap-window",
	.alias = "swapw",
	.getopt = "ds:t:",
	.min = 0, .max = 0,
	.usage = "[-d] [-s src-window] [-t dst-window]",
	.source = { 's', TARGET_WINDOW, TARGET_DEFAULT_MARKED },
	.target = { 't', TARGET_WINDOW, 0 },
	.flags = CMD_AFTER_HOOK,
	.exec = cmd_swap_window_exec
};

const struct cmd_entry cmd_move_window_entry = {
	.name = "move-window",
	.alias = "movew",
	.getopt = "abdkrs:t:",
	.min = 0, .max = 0,
	.usage = "[-abdkr] [-s src-window] [-t dst-window]",
	.source = { 's', TARGET_WINDOW, 0 },
	.exec = cmd_move_window_exec
};

const struct cmd_entry cmd_link_window_entry = {
	.name = "link-window",
	.alias = "linkw",
	.getopt = "abdks:t:",
	.min = 0, .max = 0,
	.usage = "[-abdk] [-s src-window] [-t dst-window]",
	.source = { 's', TARGET_WINDOW, 0 },
	.exec = cmd_move_window_exec
};

const struct cmd_entry cmd_swap_pane_entry = {
	.name = "swap-pane",
	.alias = "swapp",
	.getopt = "dDs:t:UZ",
	.min = 0, .max = 0,
	.usage = "[-dDUZ] [-s src-pane] [-t dst-pane]",
	.source = { 's', TARGET_PANE, TARGET_DEFAULT_MARKED },
	.target = { 't', TARGET_PANE, 0 },
	.exec = cmd_swap_pane_exec
};

const struct cmd_entry cmd_break_pane_entry = {
	.name = "break-pane",
	.alias = "breakp",
	.getopt = "abdPF:n:s:t:",
	.min = 0, .max = 0,
	.usage = "[-abdP] [-F format] [-n window-name] [-s src-pane] "
	    "[-t dst-window]",
	.source = { 's', TARGET_PANE, 0 },
	.target = { 't', TARGET_WINDOW, TARGET_WINDOW_INDEX },
	.exec = cmd_break_pane_exec
};

const struct cmd_entry cmd_join_pane_entry = {
	.name = "join-pane",
	.alias = "joinp",
	.getopt = "bdfhvp:l:s:t:",
	.min = 0, .max = 0,
	.usage = "[-bdfhv] [-l size] [-s src-pane] [-t dst-pane]",
	.source = { 's', TARGET_PANE, TARGET_DEFAULT_MARKED },
	.target = { 't', TARGET_PANE, 0 },
	.exec = cmd_join_pane_exec
};

const struct cmd_entry cmd_move_pane_entry = {
	.name = "move-pane",
	.alias = "movep",
	.getopt = "bdfhvp:l:s:t:",
	.min = 0, .max = 0,
	.usage = "[-bdfhv] [-l size] [-s src-pane] [-t dst-pane]",
	.source = { 's', TARGET_PANE, TARGET_DEFAULT_MARKED },
	.target = { 't', TARGET_PANE, 0 },
	.exec = cmd_join_pane_exec
};

/* The current target of what follows, when something else is shown now. */
static void
move_set_current(struct cmdq_item *item, struct session *s)
{
	struct target	tg;

	if (target_from_session(&tg, s))
		cmdq_state_set_current(cmdq_state(item), &tg);
}

/*** swap-window ***/

static enum cmd_result
cmd_swap_window_exec(struct cmd *cmd, struct cmdq_item *item)
{
	struct args		*args = cmd_args(cmd);
	struct target		*src = cmdq_source(item), *dst = cmdq_target(item);
	struct winlink		*a = src->wl, *b = dst->wl;
	struct window		*w;

	if (src->s != dst->s && src->s->group != NULL &&
	    src->s->group == dst->s->group) {
		cmdq_error(item, "can't move window, sessions are grouped");
		return (CMD_ERROR);
	}
	if (a->window == b->window)
		return (CMD_OK);
	TAILQ_REMOVE(&a->window->links, a, wentry);
	TAILQ_REMOVE(&b->window->links, b, wentry);
	w = a->window;
	a->window = b->window;
	b->window = w;
	TAILQ_INSERT_TAIL(&a->window->links, a, wentry);
	TAILQ_INSERT_TAIL(&b->window->links, b, wentry);
	/*
	 * The marked pane moved with its window.  Sessions stay at the index
	 * they show; with -d they go where the windows went.
	 */
	if (args_has(args, 'd')) {
		session_set_current(dst->s, b);
		if (src->s != dst->s)
			session_set_current(src->s, a);
	}
	session_group_sync(src->s);
	if (src->s != dst->s)
		session_group_sync(dst->s);
	model_recalculate(item_model(item));
	model_touch(item_model(item));
	return (CMD_OK);
}

/*** move-window, link-window ***/

/* Where to: -1 any index of the session. */
static int
move_destination(struct cmdq_item *item, struct target *dst, char **cause)
{
	struct args	*args = cmd_args(cmdq_cmd(item));
	const char	*tflag = args_get(args, 't');

	return (target_find(item, tflag, TARGET_WINDOW, TARGET_WINDOW_INDEX,
	    dst, cause));
}

/* Link w into s at an index; kill what is there if asked to. */
static struct winlink *
move_link(struct session *s, struct window *w, int index, bool kill,
    struct window *same, char **cause)
{
	struct winlink	*old = NULL, *wl;
	bool		 current = false;
	int		 at;

	if (index != -1)
		old = session_winlink(s, index);
	if (old != NULL && old->window == same) {
		xasprintf(cause, "same index: %d", index);
		return (NULL);
	}
	if (old != NULL && !kill) {
		xasprintf(cause, "index in use: %d", index);
		return (NULL);
	}
	if (old == NULL)
		return (session_attach(s, w, index, cause));
	/* Never empty in between: beside it first, then in its place. */
	current = s->current == old;
	at = session_free_index(s, index + 1);
	if ((wl = session_attach(s, w, at, cause)) == NULL)
		return (NULL);
	if (current)
		session_set_current(s, wl);
	session_detach(s, old);
	TAILQ_REMOVE(&s->windows, wl, entry);
	wl->index = index;
	TAILQ_FOREACH(old, &s->windows, entry) {
		if (old->index > index)
			break;
	}
	if (old != NULL)
		TAILQ_INSERT_BEFORE(old, wl, entry);
	else
		TAILQ_INSERT_TAIL(&s->windows, wl, entry);
	session_group_sync(s);
	return (wl);
}

static void
move_renumber(struct session *s)
{
	if (!s->dead && options_number(s->options, "renumber-windows"))
		session_renumber(s);
}

static enum cmd_result
cmd_move_window_exec(struct cmd *cmd, struct cmdq_item *item)
{
	struct args	*args = cmd_args(cmd);
	struct target	*src = cmdq_source(item), dst;
	struct winlink	*wl;
	struct session	*s = src->s;
	bool		 move = cmd_entry(cmd) == &cmd_move_window_entry;
	int		 index;
	char		*cause = NULL;

	if (args_has(args, 'r')) {
		if (target_find(item, args_get(args, 't'), TARGET_SESSION, 0,
		    &dst, &cause) != 0)
			return (cmdq_cause(item, cause));
		session_renumber(dst.s);
		model_touch(item_model(item));
		return (CMD_OK);
	}
	if (move_destination(item, &dst, &cause) != 0)
		return (cmdq_cause(item, cause));
	if (s != dst.s && s->group != NULL && s->group == dst.s->group) {
		cmdq_error(item, "sessions are grouped");
		return (CMD_ERROR);
	}
	index = dst.index;
	if (args_has(args, 'a') || args_has(args, 'b')) {
		wl = dst.wl != NULL ? dst.wl : dst.s->current;
		index = session_shuffle_up(dst.s, wl, args_has(args, 'b') != 0);
	}
	wl = move_link(dst.s, src->w, index, args_has(args, 'k') != 0, src->w,
	    &cause);
	if (wl == NULL)
		return (cmdq_cause(item, cause));
	if (!args_has(args, 'd'))
		session_set_current(dst.s, wl);
	if (move) {
		session_detach(s, src->wl);
		if (!s->dead && TAILQ_EMPTY(&s->windows))
			session_destroy(s);
		move_renumber(s);
	}
	target_clear(src);
	if (!args_has(args, 'd') && !dst.s->dead)
		move_set_current(item, dst.s);
	model_recalculate(item_model(item));
	return (CMD_OK);
}

/*** swap-pane ***/

static enum cmd_result
cmd_swap_pane_exec(struct cmd *cmd, struct cmdq_item *item)
{
	struct args	*args = cmd_args(cmd);
	struct target	*src = cmdq_source(item), *dst = cmdq_target(item);
	struct window	*ws, *wd = dst->w;
	struct pane	*a = src->p, *b = dst->p;
	bool		 zs, zd;

	ws = src->w;
	if (args_has(args, 'D') || args_has(args, 'U')) {
		/* With its neighbour. */
		a = window_step(wd, b, args_has(args, 'D') ? 1 : -1);
		ws = wd;
	}
	if (a == b || a == NULL)
		return (CMD_OK);
	zs = window_push_zoom(ws, false, args_has(args, 'Z') != 0);
	zd = ws == wd ? zs : window_push_zoom(wd, false,
	    args_has(args, 'Z') != 0);
	layout_swap(a, b);
	if (ws == wd) {
		/*
		 * Without -d the target is the active one, where it is now.
		 * With it the source takes over from the target, and keeps it
		 * if it is active already.
		 */
		if (!args_has(args, 'd'))
			window_set_active(wd, b);
		else if (wd->active == b)
			window_set_active(wd, a);
	} else if (!args_has(args, 'd')) {
		window_set_active(a->window, a);
		window_set_active(b->window, b);
	}
	window_pop_zoom(ws, zs);
	if (ws != wd)
		window_pop_zoom(wd, zd);
	target_clear(src);
	target_clear(dst);
	model_touch(item_model(item));
	return (CMD_OK);
}

/*** break-pane ***/

/* A pane that is alone moves with its window. */
static struct winlink *
break_only(struct target *src, struct target *dst, int index, char **cause)
{
	struct winlink	*wl;

	if (index != -1 && dst->s == src->s && index == src->wl->index)
		return (src->wl);
	wl = move_link(dst->s, src->w, index, false, NULL, cause);
	if (wl == NULL)
		return (NULL);
	session_detach(src->s, src->wl);
	if (!src->s->dead && TAILQ_EMPTY(&src->s->windows))
		session_destroy(src->s);
	return (wl);
}

static struct winlink *
break_out(struct cmdq_item *item, struct args *args, struct target *src,
    struct target *dst, int index, char **cause)
{
	struct model	*m = item_model(item);
	struct pane	*p = src->p;
	struct window	*old = p->window, *w;
	struct winlink	*wl;

	w = window_new(m, old->cols, old->rows);
	wl = session_attach(dst->s, w, index, cause);
	if (wl == NULL) {
		window_destroy(w);
		return (NULL);
	}
	window_take_pane(p);
	window_give_pane(w, p, NULL, false);
	w->layout = layout_new(w, p);
	layout_fix(w);
	window_set_active(w, p);
	model_notify(m, "window-layout-changed", NULL, NULL, old, NULL);
	if (!args_has(args, 'n')) {
		char	*name = window_auto_name(w);

		window_set_name(w, name);
		free(name);
	}
	return (wl);
}

static enum cmd_result
cmd_break_pane_exec(struct cmd *cmd, struct cmdq_item *item)
{
	struct args	*args = cmd_args(cmd);
	struct target	*src = cmdq_source(item), dst = *cmdq_target(item), made;
	struct pane	*p = src->p;
	struct winlink	*wl;
	int		 index = dst.index;
	char		*cause = NULL, *text;

	if (args_has(args, 'a') || args_has(args, 'b')) {
		wl = dst.wl != NULL ? dst.wl : dst.s->current;
		index = session_shuffle_up(dst.s, wl, args_has(args, 'b') != 0);
	}
	window_unzoom(src->w);
	if (window_count(src->w) == 1)
		wl = break_only(src, &dst, index, &cause);
	else
		wl = break_out(item, args, src, &dst, index, &cause);
	if (wl == NULL)
		return (cmdq_cause(item, cause));
	if (args_has(args, 'n')) {
		text = cmdq_expand(item, args_get(args, 'n'), NULL);
		window_set_name(wl->window, text);
		options_set_number(wl->window->options, "automatic-rename", 0);
		free(text);
	}
	target_from_winlink_pane(&made, wl, p);
	if (!args_has(args, 'd')) {
		session_set_current(wl->session, wl);
		cmdq_state_set_current(cmdq_state(item), &made);
	}
	cmdq_set_target(item, &made);
	target_clear(src);
	model_recalculate(item_model(item));
	if (args_has(args, 'P')) {
		text = cmdq_expand(item, args_has(args, 'F') ?
		    args_get(args, 'F') :
		    "#{session_name}:#{window_index}.#{pane_index}", &made);
		cmdq_print(item, "%s", text);
		free(text);
	}
	return (CMD_OK);
}

/*** join-pane, move-pane ***/

static enum cmd_result
cmd_join_pane_exec(struct cmd *cmd, struct cmdq_item *item)
{
	struct args		*args = cmd_args(cmd);
	struct target		*src = cmdq_source(item), *dst = cmdq_target(item);
	struct target		 now;
	struct window		*ws = src->w, *wd = dst->w;
	struct pane		*p = src->p, *at = dst->p;
	struct layout_cell	*cell;
	enum layout_kind	 kind = LAYOUT_TOPBOTTOM;
	bool			 before = args_has(args, 'b') != 0;
	bool			 full = args_has(args, 'f') != 0;
	char			*cause = NULL;
	int			 size;

	if (p == at) {
		cmdq_error(item, "source and target panes must be different");
		return (CMD_ERROR);
	}
	if (args_has(args, 'h'))
		kind = LAYOUT_LEFTRIGHT;
	window_unzoom(ws);
	window_unzoom(wd);
	if (split_size(args, at, kind, full, &size, &cause) != 0)
		return (cmdq_cause(item, cause));
	cell = layout_split(at, kind, size, before, full);
	if (cell == NULL) {
		cmdq_error(item, "create pane failed: pane too small");
		return (CMD_ERROR);
	}
	window_take_pane(p);
	window_give_pane(wd, p, full ? NULL : at, before);
	layout_assign(cell, p);
	if (ws != wd) {
		if (TAILQ_EMPTY(&ws->panes))
			window_destroy(ws);
		else
			model_notify(item_model(item), "window-layout-changed",
			    NULL, NULL, ws, NULL);
	}
	target_clear(src);
	if (!args_has(args, 'd')) {
		window_set_active(wd, p);
		session_set_current(dst->s, dst->wl);
		target_from_winlink_pane(&now, dst->wl, p);
		cmdq_state_set_current(cmdq_state(item), &now);
	}
	model_touch(item_model(item));
	return (CMD_OK);
}
