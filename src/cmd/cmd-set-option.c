/* SPDX-License-Identifier: ISC */

/*
 * cmd-set-option.c - set-option, set-window-option, set-hook.
 *
 * Which tree an option belongs to is told by its name; flags only choose
 * between what the name allows (model/option.h, options_for).  Command text,
 * as hooks have, is parsed when it is set and kept in canonical form.
 */

#include "cmd/cmd-int.h"

static bool		cmd_set_option_braces(const struct args *, int);
static enum cmd_result	cmd_set_option_exec(struct cmd *, struct cmdq_item *);
static enum cmd_result	cmd_set_hook_exec(struct cmd *, struct cmdq_item *);

const struct cmd_entry cmd_set_option_entry = {
	.name = "set-option",
	.alias = "set",
	.getopt = "aFgopqst:uUw",
	.min = 1, .max = 2,
	.braces = cmd_set_option_braces,
	.usage = "[-aFgopqsuUw] [-t target-pane] option [value]",
	.target = { 't', TARGET_PANE, TARGET_CANFAIL },
	.flags = CMD_AFTER_HOOK,
	.exec = cmd_set_option_exec
};

const struct cmd_entry cmd_set_window_option_entry = {
	.name = "set-window-option",
	.alias = "setw",
	.getopt = "aFgoqt:u",
	.min = 1, .max = 2,
	.braces = cmd_set_option_braces,
	.usage = "[-aFgoqu] [-t target-window] option [value]",
	.target = { 't', TARGET_WINDOW, TARGET_CANFAIL },
	.flags = CMD_AFTER_HOOK,
	.exec = cmd_set_option_exec
};

const struct cmd_entry cmd_set_hook_entry = {
	.name = "set-hook",
	.alias = NULL,
	.getopt = "agpERTt:uB:w",
	.min = 0, .max = 2,
	.braces = cmd_set_option_braces,
	.usage = "[-agpERuw] [-t target-pane] hook [command]",
	.target = { 't', TARGET_PANE, TARGET_CANFAIL },
	.flags = CMD_AFTER_HOOK,
	.exec = cmd_set_hook_exec
};

static bool
cmd_set_option_braces(const struct args *args, int idx)
{
	(void)args;
	return (idx == 1);
}

/* The tree that is meant; NULL and *cause in tmux's words. */
struct options *
cmd_option_tree(struct cmdq_item *item, const char *name, unsigned *scope,
    char **cause)
{
	const struct cmd_entry	*entry = cmd_entry(cmdq_cmd(item));
	struct args		*args = cmd_args(cmdq_cmd(item));
	struct target		*tg = cmdq_target(item);
	struct option_target	 ot = { 0 };
	struct options		*oo;
	const char		*tflag = args_get(args, 't'), *kind = NULL;
	bool			 window;

	window = entry == &cmd_set_window_option_entry ||
	    entry == &cmd_show_window_options_entry;
	ot.server = args_has(args, 's') != 0;
	ot.global = args_has(args, 'g') != 0;
	ot.window = args_has(args, 'w') != 0;
	ot.pane = args_has(args, 'p') || args_has(args, 'U');
	if (target_valid(tg)) {
		ot.s = tg->s;
		ot.wl = tg->wl;
		ot.p = tg->p;
	}
	oo = options_for(item_model(item), &ot, name, window, scope, cause);
	if (oo != NULL || tflag == NULL || *cause == NULL)
		return (oo);
	if (strcmp(*cause, "no current session") == 0)
		kind = "session";
	else if (strcmp(*cause, "no current window") == 0)
		kind = "window";
	else if (strcmp(*cause, "no current pane") == 0)
		kind = "pane";
	if (kind != NULL) {
		free(*cause);
		xasprintf(cause, "no such %s: %s", kind, tflag);
	}
	return (NULL);
}

/* Whether -o must leave it alone. */
static bool
set_option_present(struct options *oo, const char *name, long index)
{
	struct option	*o = options_get_only(oo, name);

	if (o == NULL)
		return (false);
	return (index == -1 || option_item(o, (uint32_t)index) != NULL);
}

/* Command text into its canonical form.  NULL and *cause. */
static char *
set_option_command(struct cmdq_item *item, const char *value, char **cause)
{
	struct cmd_parse	 in = { .q = cmdq_of(item) };
	struct cmd_list		*list;
	char			*text;

	if ((list = cmd_parse_text(value, &in, cause)) == NULL)
		return (NULL);
	text = cmd_list_print(list, false);
	cmd_list_unref(list);
	return (text);
}

/* -u, -U. */
static int
set_option_unset(struct cmdq_item *item, struct args *args, struct options *oo,
    const char *full, unsigned scope, char **cause)
{
	struct target	*tg = cmdq_target(item);
	struct pane	*p;

	if (args_has(args, 'U') && tg->w != NULL) {
		TAILQ_FOREACH(p, &tg->w->panes, entry) {
			if (options_unset(p->options, full, cause) != 0)
				return (-1);
		}
		if (scope == OPTION_PANE)
			return (options_unset(tg->w->options, full, cause));
	}
	return (options_unset(oo, full, cause));
}

static int
set_option_value(struct cmdq_item *item, struct args *args, struct options *oo,
    const char *full, const char *name, char **cause)
{
	const struct option_entry	*oe;
	const char			*value = args_string(args, 1);
	const struct cmd_host		*host;
	char				*expanded = NULL, *text = NULL;
	void				*host_arg;
	int				 r;

	if (value != NULL && args_has(args, 'F'))
		value = expanded = cmdq_expand(item, value, NULL);
	oe = *name == '@' ? NULL : option_find(name, NULL);
	if (oe != NULL && oe->type == OPTION_COMMAND && value != NULL &&
	    *value != '\0') {
		text = set_option_command(item, value, cause);
		if (text == NULL) {
			free(expanded);
			return (-1);
		}
		value = text;
	}
	host = item_host(item, &host_arg);
	if (value != NULL && *value != '\0' && strcmp(name, "default-shell") == 0 &&
	    host->shell_ok != NULL && !host->shell_ok(host_arg, value)) {
		xasprintf(cause, "not a suitable shell: %s (give the full path of one)",
		    value);
		r = -1;
	} else if (value == NULL && *name == '@') {
		*cause = xstrdup("empty value");
		r = -1;
	} else
		r = options_set_text(oo, full, value, args_has(args, 'a') != 0,
		    cause);
	free(text);
	free(expanded);
	return (r);
}

/* Set or unset; 0, or -1 and *cause; *quiet: an error that -q hides. */
static int
set_option(struct cmdq_item *item, struct args *args, const char *full,
    bool *quiet, char **cause)
{
	const struct option_entry	*oe;
	struct options			*oo;
	unsigned			 scope;
	char				*name;
	long				 index;
	int				 r;

	*quiet = true;
	if ((name = option_split_name(full, &index)) == NULL) {
		xasprintf(cause, "invalid option: %s", full);
		return (-1);
	}
	oo = cmd_option_tree(item, full, &scope, cause);
	if (oo == NULL) {
		free(name);
		return (-1);
	}
	if (*name != '@' && (oe = option_find(name, NULL)) != NULL) {
		free(name);
		name = xstrdup(oe->name);
	}
	if (args_has(args, 'u') || args_has(args, 'U')) {
		*quiet = false;
		r = set_option_unset(item, args, oo, full, scope, cause);
	} else if (args_has(args, 'o') && set_option_present(oo, name, index)) {
		xasprintf(cause, "already set: %s", full);
		r = -1;
	} else {
		*quiet = false;
		r = set_option_value(item, args, oo, full, name, cause);
	}
	if (r == 0)
		options_changed(item_model(item), name);
	if (r == 0 && *name != '@' && !args_has(args, 'q') &&
	    (oe = option_find(name, NULL)) != NULL && options_idle(item_model(item), oo, oe))
		cmdq_warn(item, "%s %s has no effect in this version",
		    oe->flags & OPTION_IS_HOOK ? "hook" : "option", name);
	free(name);
	return (r);
}

static enum cmd_result
cmd_set_option_exec(struct cmd *cmd, struct cmdq_item *item)
{
	struct args	*args = cmd_args(cmd);
	char		*full, *cause = NULL;
	bool		 quiet;
	int		 r;

	full = cmdq_expand(item, args_string(args, 0), NULL);
	r = set_option(item, args, full, &quiet, &cause);
	free(full);
	if (r == 0)
		return (CMD_OK);
	if (args_has(args, 'q') && quiet) {
		free(cause);
		return (CMD_OK);
	}
	return (cmdq_cause(item, cause));
}

static enum cmd_result
cmd_set_hook_exec(struct cmd *cmd, struct cmdq_item *item)
{
	struct args	*args = cmd_args(cmd);
	struct target	*tg = cmdq_target(item);
	const char	*name = args_string(args, 0);

	if (args_has(args, 'B') || args_has(args, 'T')) {
		cmdq_error(item, "monitors are not supported");
		return (CMD_ERROR);
	}
	if (name == NULL) {
		cmdq_error(item, "command set-hook: too few arguments (need "
		    "at least 1)");
		return (CMD_ERROR);
	}
	/* -R: run it now; -E: an event of the user's own. */
	if (args_has(args, 'R') || args_has(args, 'E')) {
		if (args_has(args, 'E') && *name != '@') {
			cmdq_error(item, "event name must begin with @");
			return (CMD_ERROR);
		}
		if (args_has(args, 'R'))
			cmdq_insert_hook(item, name, tg);
		else
			cmdq_notify(cmdq_of(item), name, cmdq_client(item),
			    tg->s, tg->w, tg->p);
		return (CMD_OK);
	}
	return (cmd_set_option_exec(cmd, item));
}
