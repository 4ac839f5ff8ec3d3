/* SPDX-License-Identifier: ISC */

/* cmd-rename.c - rename-session and rename-window. */

#include "cmd/cmd-int.h"

static enum cmd_result	cmd_rename_session_exec(struct cmd *, struct cmdq_item *);
static enum cmd_result	cmd_rename_window_exec(struct cmd *, struct cmdq_item *);

const struct cmd_entry cmd_rename_session_entry = {
	.name = "rename-session",
	.alias = "rename",
	.getopt = "t:",
	.min = 1, .max = 1,
	.usage = "[-t target-session] new-name",
	.target = { 't', TARGET_SESSION, 0 },
	.flags = CMD_AFTER_HOOK,
	.exec = cmd_rename_session_exec
};

const struct cmd_entry cmd_rename_window_entry = {
	.name = "rename-window",
	.alias = "renamew",
	.getopt = "t:",
	.min = 1, .max = 1,
	.usage = "[-t target-window] new-name",
	.target = { 't', TARGET_WINDOW, 0 },
	.flags = CMD_AFTER_HOOK,
	.exec = cmd_rename_window_exec
};

static enum cmd_result
cmd_rename_session_exec(struct cmd *cmd, struct cmdq_item *item)
{
	struct target	*tg = cmdq_target(item);
	char		*name, *clean, *cause = NULL;
	int		 r = 0;

	name = cmdq_expand(item, args_string(cmd_args(cmd), 0), tg);
	if ((clean = session_check_name(name)) == NULL) {
		cmdq_error(item, "invalid session: %s", name);
		free(name);
		return (CMD_ERROR);
	}
	if (strcmp(clean, tg->s->name) != 0)
		r = session_rename(tg->s, name, &cause);
	free(clean);
	free(name);
	return (r == 0 ? CMD_OK : cmdq_cause(item, cause));
}

static enum cmd_result
cmd_rename_window_exec(struct cmd *cmd, struct cmdq_item *item)
{
	struct target	*tg = cmdq_target(item);
	char		*name;

	name = cmdq_expand(item, args_string(cmd_args(cmd), 0), tg);
	window_set_name(tg->w, name);
	options_set_number(tg->w->options, "automatic-rename", 0);
	free(name);
	return (CMD_OK);
}
