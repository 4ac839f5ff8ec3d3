/* SPDX-License-Identifier: ISC */

/* cmd-new-window.c - new-window, respawn-window, respawn-pane. */

#include "cmd/cmd-int.h"

static enum cmd_result	cmd_new_window_exec(struct cmd *, struct cmdq_item *);
static enum cmd_result	cmd_respawn_exec(struct cmd *, struct cmdq_item *);

#define NEW_WINDOW_FORMAT "#{session_name}:#{window_index}.#{pane_index}"

const struct cmd_entry cmd_new_window_entry = {
	.name = "new-window",
	.alias = "neww",
	.getopt = "abc:de:EF:kn:PSt:",
	.min = 0, .max = -1,
	.usage = "[-abdkPS] [-c start-directory] [-e environment] "
	    "[-F format] [-n window-name] [-t target-window] "
	    "[shell-command [argument ...]]",
	.target = { 't', TARGET_WINDOW, TARGET_WINDOW_INDEX },
	.flags = CMD_AFTER_HOOK,
	.exec = cmd_new_window_exec
};

const struct cmd_entry cmd_respawn_window_entry = {
	.name = "respawn-window",
	.alias = "respawnw",
	.getopt = "c:e:Ekt:",
	.min = 0, .max = -1,
	.usage = "[-k] [-c start-directory] [-e environment] "
	    "[-t target-window] [shell-command [argument ...]]",
	.target = { 't', TARGET_WINDOW, 0 },
	.exec = cmd_respawn_exec
};

const struct cmd_entry cmd_respawn_pane_entry = {
	.name = "respawn-pane",
	.alias = "respawnp",
	.getopt = "c:e:Ekt:",
	.min = 0, .max = -1,
	.usage = "[-k] [-c start-directory] [-e environment] "
	    "[-t target-pane] [shell-command [argument ...]]",
	.target = { 't', TARGET_PANE, 0 },
	.exec = cmd_respawn_exec
};

/* -S: a window of that name is selected instead.  -1 error, 1 done, 0 none. */
static int
new_window_existing(struct cmdq_item *item, struct args *args,
    struct session *s)
{
	struct winlink	*wl, *found = NULL;
	struct target	 tg;
	char		*name;

	if (!args_has(args, 'S') || !args_has(args, 'n') ||
	    cmdq_target(item)->index != -1)
		return (0);
	name = cmdq_expand(item, args_get(args, 'n'), NULL);
	TAILQ_FOREACH(wl, &s->windows, entry) {
		if (strcmp(wl->window->name, name) != 0)
			continue;
		if (found != NULL) {
			cmdq_error(item, "multiple windows named %s", name);
			free(name);
			return (-1);
		}
		found = wl;
	}
	free(name);
	if (found == NULL)
		return (0);
	if (!args_has(args, 'd')) {
		session_set_current(s, found);
		target_from_winlink(&tg, found);
		cmdq_state_set_current(cmdq_state(item), &tg);
	}
	return (1);
}

static enum cmd_result
cmd_new_window_exec(struct cmd *cmd, struct cmdq_item *item)
{
	struct args	*args = cmd_args(cmd);
	struct target	*tg = cmdq_target(item), made;
	struct session	*s = tg->s;
	struct spawn	 sp = { .item = item, .s = s };
	struct winlink	*wl;
	char		*cause = NULL, *text;
	int		 r;

	if ((r = new_window_existing(item, args, s)) != 0)
		return (r == 1 ? CMD_OK : CMD_ERROR);
	sp.index = tg->index;
	if (args_has(args, 'a') || args_has(args, 'b')) {
		wl = tg->wl != NULL ? tg->wl : s->current;
		sp.index = session_shuffle_up(s, wl, args_has(args, 'b') != 0);
	}
	sp.name = args_get(args, 'n');
	sp.argv = args_vector(args, 0, &sp.argc);
	sp.environ = spawn_environ_args(args, 'e');
	sp.cwd = args_get(args, 'c');
	if (args_has(args, 'd'))
		sp.flags |= SPAWN_DETACHED;
	if (args_has(args, 'k'))
		sp.flags |= SPAWN_KILL;
	if (args_has(args, 'E'))
		sp.flags |= SPAWN_EMPTY;
	wl = spawn_window(&sp, &cause);
	args_vector_free(sp.argv, sp.argc);
	environ_free(sp.environ);
	if (wl == NULL) {
		cmdq_error(item, "create window failed: %s",
		    cause != NULL ? cause : "unknown error");
		free(cause);
		return (CMD_ERROR);
	}
	target_from_winlink(&made, wl);
	if (!args_has(args, 'd') || s->current == wl)
		cmdq_state_set_current(cmdq_state(item), &made);
	cmdq_set_target(item, &made);
	if (args_has(args, 'P')) {
		text = cmdq_expand(item, args_has(args, 'F') ?
		    args_get(args, 'F') : NEW_WINDOW_FORMAT, &made);
		cmdq_print(item, "%s", text);
		free(text);
	}
	return (CMD_OK);
}

/*** respawn-window, respawn-pane ***/

static enum cmd_result
cmd_respawn_exec(struct cmd *cmd, struct cmdq_item *item)
{
	struct args	*args = cmd_args(cmd);
	struct target	*tg = cmdq_target(item);
	struct spawn	 sp = { .item = item, .s = tg->s, .wl = tg->wl,
			    .p = tg->p, .index = -1, .flags = SPAWN_RESPAWN };
	bool		 window = cmd_entry(cmd) == &cmd_respawn_window_entry;
	char		*cause = NULL;
	bool		 done;

	sp.argv = args_vector(args, 0, &sp.argc);
	sp.environ = spawn_environ_args(args, 'e');
	sp.cwd = args_get(args, 'c');
	if (args_has(args, 'k'))
		sp.flags |= SPAWN_KILL;
	if (args_has(args, 'E'))
		sp.flags |= SPAWN_EMPTY;
	if (window)
		done = spawn_window(&sp, &cause) != NULL;
	else
		done = spawn_pane(&sp, &cause) != NULL;
	args_vector_free(sp.argv, sp.argc);
	environ_free(sp.environ);
	if (!done) {
		cmdq_error(item, "respawn %s failed: %s",
		    window ? "window" : "pane",
		    cause != NULL ? cause : "unknown error");
		free(cause);
		return (CMD_ERROR);
	}
	model_touch(item_model(item));
	return (CMD_OK);
}
