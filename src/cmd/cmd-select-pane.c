/* SPDX-License-Identifier: ISC */

/* cmd-select-pane.c - select-pane and last-pane. */

#include "cmd/cmd-int.h"

static enum cmd_result	cmd_select_pane_exec(struct cmd *, struct cmdq_item *);

const struct cmd_entry cmd_select_pane_entry = {
	.name = "select-pane",
	.alias = "selectp",
	.getopt = "DdegLlMmP:RT:t:UZ",
	.min = 0, .max = 0,
	.usage = "[-DdeLlMmRUZ] [-T title] [-t target-pane]",
	.target = { 't', TARGET_PANE, 0 },
	.flags = CMD_AFTER_HOOK,
	.exec = cmd_select_pane_exec
};

const struct cmd_entry cmd_last_pane_entry = {
	.name = "last-pane",
	.alias = "lastp",
	.getopt = "det:Z",
	.min = 0, .max = 0,
	.usage = "[-deZ] [-t target-window]",
	.target = { 't', TARGET_WINDOW, 0 },
	.exec = cmd_select_pane_exec
};

static enum cmd_result
select_last_pane(struct cmdq_item *item, struct args *args, struct target *tg)
{
	struct window	*w = tg->w;
	struct pane	*p = TAILQ_FIRST(&w->last_panes), *q;
	struct target	 now;
	bool		 zoom;

	/* With two panes the other one is meant, seen before or not. */
	if (p == NULL && window_count(w) == 2) {
		TAILQ_FOREACH(q, &w->panes, entry) {
			if (q != w->active)
				p = q;
		}
	}
	if (p == NULL) {
		cmdq_error(item, "no last pane");
		return (CMD_ERROR);
	}
	if (args_has(args, 'e'))
		p->flags &= ~(unsigned)PANE_INPUT_OFF;
	else if (args_has(args, 'd'))
		p->flags |= PANE_INPUT_OFF;
	else {
		zoom = window_push_zoom(w, false, args_has(args, 'Z') != 0);
		window_set_active(w, p);
		window_pop_zoom(w, zoom);
		target_from_winlink(&now, tg->wl);
		cmdq_state_set_current(cmdq_state(item), &now);
	}
	model_touch(item_model(item));
	return (CMD_OK);
}

static void
select_mark(struct cmdq_item *item, struct args *args, struct target *tg)
{
	struct model	*m = item_model(item);
	bool		 same;

	same = m->has_marked && m->marked_pane == tg->p->id;
	if (args_has(args, 'M') || same)
		m->has_marked = false;
	else {
		m->has_marked = true;
		m->marked_pane = tg->p->id;
	}
	model_touch(m);
	model_notify(m, "marked-pane-changed", NULL, tg->s, tg->w,
	    m->has_marked ? tg->p : NULL);
}

/* -P, -g: the old way to set a pane's own style. */
static enum cmd_result
select_style(struct cmdq_item *item, struct args *args, struct pane *p)
{
	const char	*style = args_get(args, 'P');
	char		*cause = NULL;

	if (style != NULL) {
		if (options_set_text(p->options, "window-style", style, false,
		    &cause) != 0 || options_set_text(p->options,
		    "window-active-style", style, false, &cause) != 0) {
			free(cause);
			cmdq_error(item, "bad style: %s", style);
			return (CMD_ERROR);
		}
		p->flags |= PANE_STYLE_CHANGED;
		options_changed(item_model(item), "window-style");
	}
	if (args_has(args, 'g'))
		cmdq_print(item, "%s", options_string(p->options,
		    "window-style"));
	return (CMD_OK);
}

static enum cmd_result
cmd_select_pane_exec(struct cmd *cmd, struct cmdq_item *item)
{
	struct args	*args = cmd_args(cmd);
	struct target	*tg = cmdq_target(item), now;
	struct window	*w = tg->w;
	struct pane	*p = tg->p;
	char		*title;
	bool		 zoom;

	if (cmd_entry(cmd) == &cmd_last_pane_entry || args_has(args, 'l'))
		return (select_last_pane(item, args, tg));
	if (args_has(args, 'm') || args_has(args, 'M')) {
		select_mark(item, args, tg);
		return (CMD_OK);
	}
	if (args_has(args, 'P') || args_has(args, 'g'))
		return (select_style(item, args, p));
	if (args_has(args, 'L'))
		p = window_find_left(p);
	else if (args_has(args, 'R'))
		p = window_find_right(p);
	else if (args_has(args, 'U'))
		p = window_find_up(p);
	else if (args_has(args, 'D'))
		p = window_find_down(p);
	if (p == NULL)
		return (CMD_OK);
	if (args_has(args, 'e') || args_has(args, 'd')) {
		if (args_has(args, 'e'))
			p->flags &= ~(unsigned)PANE_INPUT_OFF;
		else
			p->flags |= PANE_INPUT_OFF;
		model_touch(item_model(item));
		return (CMD_OK);
	}
	if (args_has(args, 'T')) {
		title = cmdq_expand(item, args_get(args, 'T'), tg);
		pane_set_title(p, title);
		free(title);
		return (CMD_OK);
	}
	if (p == w->active)
		return (CMD_OK);
	zoom = window_push_zoom(w, false, args_has(args, 'Z') != 0);
	window_set_active(w, p);
	window_pop_zoom(w, zoom);
	target_from_winlink_pane(&now, tg->wl, p);
	cmdq_state_set_current(cmdq_state(item), &now);
	return (CMD_OK);
}
