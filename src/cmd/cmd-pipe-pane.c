/* SPDX-License-Identifier: ISC */

/* cmd-pipe-pane.c - what a pane prints to a command, or the other way. */

#include "cmd/cmd-int.h"

static enum cmd_result	cmd_pipe_pane_exec(struct cmd *, struct cmdq_item *);

const struct cmd_entry cmd_pipe_pane_entry = {
	.name = "pipe-pane",
	.alias = "pipep",
	.getopt = "IOot:",
	.min = 0, .max = 1,
	.usage = "[-IOo] [-t target-pane] [shell-command]",
	.target = { 't', TARGET_PANE, 0 },
	.flags = CMD_AFTER_HOOK,
	.exec = cmd_pipe_pane_exec
};

static enum cmd_result
cmd_pipe_pane_exec(struct cmd *cmd, struct cmdq_item *item)
{
	struct args		*args = cmd_args(cmd);
	struct target		*tg = cmdq_target(item);
	struct pane		*p = tg->p;
	const struct cmd_host	*host;
	const char		*command = args_string(args, 0);
	struct format		*ft;
	char			*text, *cause = NULL;
	bool			 in, out, was;
	void			*arg;
	int			 r;

	host = item_host(item, &arg);
	if (host->pane_pipe == NULL) {
		cmdq_error(item, "pipe-pane is not supported");
		return (CMD_ERROR);
	}
	if (p->flags & (PANE_DEAD | PANE_EXITED)) {
		cmdq_error(item, "target pane has exited");
		return (CMD_ERROR);
	}
	was = host->pane_piped != NULL && host->pane_piped(arg, p);
	if (was)
		host->pane_pipe(arg, p, NULL, false, false, NULL);
	if (command == NULL || *command == '\0' || (was && args_has(args, 'o')))
		return (CMD_OK);
	in = args_has(args, 'I') != 0;
	out = args_has(args, 'O') || !in;
	ft = cmdq_format(item, 0, tg);
	text = format_expand_time(ft, command);
	format_free(ft);
	r = host->pane_pipe(arg, p, text, in, out, &cause);
	free(text);
	return (r == 0 ? CMD_OK : cmdq_cause(item, cause));
}
