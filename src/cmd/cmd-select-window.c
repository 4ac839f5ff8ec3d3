/* SPDX-License-Identifier: ISC */

/* cmd-select-window.c - select-window, next-, previous- and last-window. */

#include "cmd/cmd-int.h"

static enum cmd_result	cmd_select_window_exec(struct cmd *,
			    struct cmdq_item *);

const struct cmd_entry cmd_select_window_entry = {
	.name = "select-window",
	.alias = "selectw",
	.getopt = "lnpTt:",
	.min = 0, .max = 0,
	.usage = "[-lnpT] [-t target-window]",
	.target = { 't', TARGET_WINDOW, 0 },
	.flags = CMD_AFTER_HOOK,
	.exec = cmd_select_window_exec
};

const struct cmd_entry cmd_next_window_entry = {
	.name = "next-window",
	.alias = "next",
	.getopt = "at:",
	.min = 0, .max = 0,
	.usage = "[-a] [-t target-session]",
	.target = { 't', TARGET_SESSION, 0 },
	.exec = cmd_select_window_exec
};

const struct cmd_entry cmd_previous_window_entry = {
	.name = "previous-window",
	.alias = "prev",
	.getopt = "at:",
	.min = 0, .max = 0,
	.usage = "[-a] [-t target-session]",
	.target = { 't', TARGET_SESSION, 0 },
	.exec = cmd_select_window_exec
};

const struct cmd_entry cmd_last_window_entry = {
	.name = "last-window",
	.alias = "last",
	.getopt = "t:",
	.min = 0, .max = 0,
	.usage = "[-t target-session]",
	.target = { 't', TARGET_SESSION, 0 },
	.exec = cmd_select_window_exec
};

enum select_how { SELECT_THIS, SELECT_NEXT, SELECT_PREVIOUS, SELECT_LAST };

static enum cmd_result
cmd_select_window_exec(struct cmd *cmd, struct cmdq_item *item)
{
	const struct cmd_entry	*entry = cmd_entry(cmd);
	struct args		*args = cmd_args(cmd);
	struct target		*tg = cmdq_target(item), now;
	struct session		*s = tg->s;
	struct client		*c = cmdq_client(item);
	enum select_how		 how = SELECT_THIS;
	const char		*what = "";
	int			 r;

	if (entry == &cmd_next_window_entry || args_has(args, 'n'))
		how = SELECT_NEXT;
	if (entry == &cmd_previous_window_entry || args_has(args, 'p'))
		how = SELECT_PREVIOUS;
	if (entry == &cmd_last_window_entry || args_has(args, 'l'))
		how = SELECT_LAST;
	/* -T: the current window again means the last one. */
	if (how == SELECT_THIS && args_has(args, 'T') && tg->wl == s->current)
		how = SELECT_LAST;
	switch (how) {
	case SELECT_NEXT:
		r = session_next(s, args_has(args, 'a') != 0);
		what = "next";
		break;
	case SELECT_PREVIOUS:
		r = session_previous(s, args_has(args, 'a') != 0);
		what = "previous";
		break;
	case SELECT_LAST:
		r = session_last(s);
		what = "last";
		break;
	default:
		r = session_set_current(s, tg->wl) == -1 ? -1 : 0;
		break;
	}
	if (r == -1) {
		cmdq_error(item, "no %s window", what);
		return (CMD_ERROR);
	}
	if (target_from_session(&now, s)) {
		cmdq_state_set_current(cmdq_state(item), &now);
		cmdq_set_target(item, &now);
		if (c != NULL && c->session == s)
			now.w->last_client = c->id;
	}
	return (CMD_OK);
}
