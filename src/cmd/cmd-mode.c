/* SPDX-License-Identifier: ISC */

/*
 * cmd-mode.c - commands that put a mode over a pane: copy-mode, clock-mode,
 * choose-tree, choose-client, choose-buffer, customize-mode, find-window.
 *
 * The modes themselves are not known here: the host enters them by name and
 * reads the command's flags and its template.
 */

#include "cmd/cmd-int.h"

static bool		cmd_mode_braces(const struct args *, int);
static enum cmd_result	cmd_copy_mode_exec(struct cmd *, struct cmdq_item *);
static enum cmd_result	cmd_choose_exec(struct cmd *, struct cmdq_item *);
static enum cmd_result	cmd_find_window_exec(struct cmd *, struct cmdq_item *);

const struct cmd_entry cmd_copy_mode_entry = {
	.name = "copy-mode",
	.alias = NULL,
	.getopt = "deHkMqSs:t:u",
	.min = 0, .max = 0,
	.usage = "[-deHkMqSu] [-s src-pane] [-t target-pane]",
	.source = { 's', TARGET_PANE, 0 },
	.target = { 't', TARGET_PANE, 0 },
	.flags = CMD_AFTER_HOOK | CMD_READONLY,
	.exec = cmd_copy_mode_exec
};

const struct cmd_entry cmd_clock_mode_entry = {
	.name = "clock-mode",
	.alias = NULL,
	.getopt = "t:",
	.min = 0, .max = 0,
	.usage = "[-t target-pane]",
	.target = { 't', TARGET_PANE, 0 },
	.flags = CMD_AFTER_HOOK,
	.exec = cmd_choose_exec
};

const struct cmd_entry cmd_choose_tree_entry = {
	.name = "choose-tree",
	.alias = NULL,
	.getopt = "F:f:GhK:kNO:rst:wyZ",
	.min = 0, .max = 1,
	.braces = cmd_mode_braces,
	.usage = "[-GhkNrswyZ] [-F format] [-f filter] [-K key-format] "
	    "[-O sort-order] [-t target-pane] [template]",
	.target = { 't', TARGET_PANE, 0 },
	.exec = cmd_choose_exec
};

const struct cmd_entry cmd_choose_client_entry = {
	.name = "choose-client",
	.alias = NULL,
	.getopt = "F:f:hiK:kNO:rt:yZ",
	.min = 0, .max = 1,
	.braces = cmd_mode_braces,
	.usage = "[-hikNryZ] [-F format] [-f filter] [-K key-format] "
	    "[-O sort-order] [-t target-pane] [template]",
	.target = { 't', TARGET_PANE, 0 },
	.exec = cmd_choose_exec
};

const struct cmd_entry cmd_choose_buffer_entry = {
	.name = "choose-buffer",
	.alias = NULL,
	.getopt = "F:f:K:kNO:rt:yZ",
	.min = 0, .max = 1,
	.braces = cmd_mode_braces,
	.usage = "[-kNryZ] [-F format] [-f filter] [-K key-format] "
	    "[-O sort-order] [-t target-pane] [template]",
	.target = { 't', TARGET_PANE, 0 },
	.exec = cmd_choose_exec
};

const struct cmd_entry cmd_customize_mode_entry = {
	.name = "customize-mode",
	.alias = NULL,
	.getopt = "F:f:kNt:yZ",
	.min = 0, .max = 0,
	.usage = "[-kNyZ] [-F format] [-f filter] [-t target-pane]",
	.target = { 't', TARGET_PANE, 0 },
	.exec = cmd_choose_exec
};

const struct cmd_entry cmd_find_window_entry = {
	.name = "find-window",
	.alias = "findw",
	.getopt = "CiNrt:TZ",
	.min = 1, .max = 1,
	.usage = "[-CiNrTZ] [-t target-pane] match-string",
	.target = { 't', TARGET_PANE, 0 },
	.exec = cmd_find_window_exec
};

static bool
cmd_mode_braces(const struct args *args, int idx)
{
	(void)args;
	return (idx == 0);
}

static enum cmd_result
mode_enter(struct cmdq_item *item, const char *name, const struct args *args,
    struct pane *p, struct pane *source)
{
	const struct cmd_host	*host;
	struct cmd_mode		 md = { .name = name, .args = args,
				    .client = cmdq_target_client(item),
				    .target = cmdq_target(item),
				    .source = source,
				    .event = cmdq_event(item) };
	char			*cause = NULL;
	void			*arg;

	host = item_host(item, &arg);
	if (host->mode_enter == NULL) {
		cmdq_error(item, "%s is not supported", name);
		return (CMD_ERROR);
	}
	if (cmdq_client(item) != NULL && cmdq_client(item)->session != NULL)
		md.client = cmdq_client(item);
	if (host->mode_enter(arg, p, &md, &cause) == -1) {
		if (cause == NULL)
			xasprintf(&cause, "%s failed", name);
		return (cmdq_cause(item, cause));
	}
	return (CMD_OK);
}

static enum cmd_result
cmd_copy_mode_exec(struct cmd *cmd, struct cmdq_item *item)
{
	struct args	*args = cmd_args(cmd);
	struct pane	*p = cmdq_target(item)->p, *source;
	struct target	 tg;
	struct client	*c = cmdq_client(item);

	if (args_has(args, 'q')) {
		host_call(item, mode_leave, p, true);
		return (CMD_OK);
	}
	if (args_has(args, 'M')) {
		/* Only a mouse that is over a pane of the client's session. */
		if (!target_from_mouse(item_model(item), &tg,
		    cmdq_event(item)) || c == NULL || c->session != tg.s)
			return (CMD_OK);
		p = tg.p;
	}
	source = args_has(args, 's') ? cmdq_source(item)->p : p;
	return (mode_enter(item, "copy-mode", args, p, source));
}

static enum cmd_result
cmd_choose_exec(struct cmd *cmd, struct cmdq_item *item)
{
	const struct cmd_entry	*entry = cmd_entry(cmd);
	struct model		*m = item_model(item);
	struct pane		*p = cmdq_target(item)->p;
	const char		*name;

	if (entry == &cmd_clock_mode_entry)
		name = "clock-mode";
	else if (entry == &cmd_customize_mode_entry)
		name = "options-mode";
	else if (entry == &cmd_choose_buffer_entry) {
		if (paste_count(m->pastes) == 0)
			return (CMD_OK);
		name = "buffer-mode";
	} else if (entry == &cmd_choose_client_entry) {
		if (client_best(m, NULL) == NULL)
			return (CMD_OK);
		name = "client-mode";
	} else
		name = "tree-mode";
	return (mode_enter(item, name, cmd_args(cmd), p, p));
}

/*** find-window: choose-tree with a filter. ***/

static char *
find_window_filter(struct args *args)
{
	const char	*s = args_string(args, 0), *suffix = "", *star = "*";
	bool		 c, n, t;
	struct buf	 b;
	char		*text;
	const char	*sep = "";
	int		 parts;

	c = args_has(args, 'C');
	n = args_has(args, 'N');
	t = args_has(args, 'T');
	if (!c && !n && !t)
		c = n = t = true;
	if (args_has(args, 'r')) {
		star = "";
		suffix = args_has(args, 'i') ? "/ri" : "/r";
	} else if (args_has(args, 'i'))
		suffix = "/i";
	/* What is typed is data: commas and braces do not end the part. */
	buf_init(&b, CMD_TEXT_MAX);
	for (; *s != '\0'; s++) {
		if (*s == ',' || *s == '}' || *s == '#')
			buf_addc(&b, '#');
		buf_addc(&b, (uint8_t)*s);
	}
	text = buf_take_string(&b);
	parts = c + n + t;
	buf_init(&b, CMD_TEXT_MAX);
	if (parts > 1)
		buf_addstr(&b, "#{||:");
	if (c) {
		buf_addf(&b, "#{C%s:%s}", suffix, text);
		sep = ",";
	}
	if (n) {
		if (parts == 3)
			buf_addf(&b, "%s#{||:", sep);
		else
			buf_addstr(&b, sep);
		buf_addf(&b, "#{m%s:%s%s%s,#{window_name}}", suffix, star, text,
		    star);
		sep = ",";
	}
	if (t)
		buf_addf(&b, "%s#{m%s:%s%s%s,#{pane_title}}%s", sep, suffix,
		    star, text, star, parts == 3 ? "}" : "");
	if (parts > 1)
		buf_addc(&b, '}');
	free(text);
	return (buf_take_string(&b));
}

static enum cmd_result
cmd_find_window_exec(struct cmd *cmd, struct cmdq_item *item)
{
	struct args	*args = cmd_args(cmd), *tree = args_new();
	struct pane	*p = cmdq_target(item)->p;
	enum cmd_result	 r;
	char		*filter = find_window_filter(args);

	args_set(tree, 'f', filter);
	args_set(tree, 'N', NULL);
	args_set(tree, 'w', NULL);
	if (args_has(args, 'Z'))
		args_set(tree, 'Z', NULL);
	r = mode_enter(item, "tree-mode", tree, p, p);
	args_free(tree);
	free(filter);
	return (r);
}
