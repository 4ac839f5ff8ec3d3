/* SPDX-License-Identifier: ISC */

/* cmd-show-options.c - show-options, show-window-options, show-hooks. */

#include "cmd/cmd-int.h"

static enum cmd_result	cmd_show_options_exec(struct cmd *, struct cmdq_item *);

const struct cmd_entry cmd_show_options_entry = {
	.name = "show-options",
	.alias = "show",
	.getopt = "AgF:Hpqst:vw",
	.min = 0, .max = 1,
	.usage = "[-AgHpqsvw] [-F format] [-t target-pane] [option]",
	.target = { 't', TARGET_PANE, TARGET_CANFAIL },
	.flags = CMD_AFTER_HOOK,
	.exec = cmd_show_options_exec
};

const struct cmd_entry cmd_show_window_options_entry = {
	.name = "show-window-options",
	.alias = "showw",
	.getopt = "F:gvt:",
	.min = 0, .max = 1,
	.usage = "[-gv] [-F format] [-t target-window] [option]",
	.target = { 't', TARGET_WINDOW, TARGET_CANFAIL },
	.flags = CMD_AFTER_HOOK,
	.exec = cmd_show_options_exec
};

const struct cmd_entry cmd_show_hooks_entry = {
	.name = "show-hooks",
	.alias = NULL,
	.getopt = "BF:gpt:w",
	.min = 0, .max = 1,
	.usage = "[-gpw] [-F format] [-t target-pane] [hook]",
	.target = { 't', TARGET_PANE, TARGET_CANFAIL },
	.flags = CMD_AFTER_HOOK,
	.exec = cmd_show_options_exec
};

struct shower {
	struct cmdq_item	*item;
	struct args		*args;
	struct options		*oo;
};

/* One value: "name value", or as -v and -F want it. */
static void
show_value(struct shower *sh, struct option *o, long index, const char *value,
    bool parent)
{
	const struct option_entry	*oe = option_entry(o);
	struct format			*ft;
	char				*name, *quoted;

	if (args_has(sh->args, 'v')) {
		cmdq_print(sh->item, "%s", value);
		return;
	}
	if (index != -1)
		xasprintf(&name, "%s[%ld]%s", option_name(o), index,
		    parent ? "*" : "");
	else
		xasprintf(&name, "%s%s", option_name(o), parent ? "*" : "");
	if (oe == NULL || oe->type == OPTION_STRING)
		quoted = option_quote(value);
	else
		quoted = xstrdup(value);
	if (args_has(sh->args, 'F')) {
		ft = cmdq_format(sh->item, 0, NULL);
		format_add(ft, "option_name", "%s", option_name(o));
		format_add(ft, "option_value", "%s", quoted);
		format_add(ft, "option_value_only", "%s", value);
		format_add(ft, "option_is_parent", "%d", parent);
		format_add(ft, "option_is_user", "%d", oe == NULL);
		format_add(ft, "option_is_hook", "%d",
		    oe != NULL && (oe->flags & OPTION_IS_HOOK));
		format_add(ft, "option_is_array", "%d", index != -1);
		if (index != -1)
			format_add(ft, "option_array_index", "%ld", index);
		free(quoted);
		quoted = format_expand(ft, args_get(sh->args, 'F'));
		cmdq_print(sh->item, "%s", quoted);
		format_free(ft);
	} else
		cmdq_print(sh->item, "%s %s", name, quoted);
	free(quoted);
	free(name);
}

static void
show_option(struct shower *sh, struct option *o, long index, bool parent)
{
	struct option_item	*items;
	char			*value;
	size_t			 i, n;

	if (!option_is_array(o) || index != -1) {
		value = option_to_string(o, index, false);
		show_value(sh, o, index, value, parent);
		free(value);
		return;
	}
	n = option_items(o, &items);
	if (n == 0 && !args_has(sh->args, 'v'))
		cmdq_print(sh->item, "%s%s", option_name(o), parent ? "*" : "");
	for (i = 0; i < n; i++)
		show_value(sh, o, (long)items[i].index, items[i].value, parent);
	free(items);
}

/* One by its name. */
static int
show_one(struct shower *sh, const char *full, char **cause)
{
	const struct option_entry	*oe;
	struct option			*o;
	char				*name;
	long				 index;
	bool				 parent = false;

	if ((name = option_split_name(full, &index)) == NULL) {
		xasprintf(cause, "invalid option: %s", full);
		return (-1);
	}
	if (*name != '@' && (oe = option_find(name, NULL)) != NULL) {
		free(name);
		name = xstrdup(oe->name);
	}
	o = options_get_only(sh->oo, name);
	if (o == NULL && args_has(sh->args, 'A')) {
		o = options_get(sh->oo, name);
		parent = o != NULL;
	}
	if (o != NULL)
		show_option(sh, o, index, parent);
	else if (*name == '@') {
		xasprintf(cause, "invalid option: %s", full);
		free(name);
		return (-1);
	}
	free(name);
	return (0);
}

/* All of the tree: the user's own, then in the order of the table. */
static void
show_all(struct shower *sh, unsigned scope, bool only_hooks)
{
	const struct option_entry	*oe;
	struct option			*o;
	struct options			*up;
	size_t				 i;
	bool				 hook, parent;

	for (up = sh->oo; up != NULL && !only_hooks; up = options_parent(up)) {
		for (o = options_first(up); o != NULL; o = options_next(up, o)) {
			if (option_entry(o) != NULL)
				continue;
			if (up == sh->oo)
				show_option(sh, o, -1, false);
			else if (options_get(sh->oo, option_name(o)) == o)
				show_option(sh, o, -1, true);
		}
		if (!args_has(sh->args, 'A'))
			break;
	}
	for (i = 0; i < option_table_count; i++) {
		oe = &option_table[i];
		hook = (oe->flags & OPTION_IS_HOOK) != 0;
		if (!(oe->scope & scope) || (only_hooks && !hook) ||
		    (!only_hooks && hook && !args_has(sh->args, 'H')))
			continue;
		parent = false;
		o = options_get_only(sh->oo, oe->name);
		if (o == NULL && args_has(sh->args, 'A')) {
			o = options_get(sh->oo, oe->name);
			parent = o != NULL;
		}
		if (o != NULL)
			show_option(sh, o, -1, parent);
	}
}

static enum cmd_result
cmd_show_options_exec(struct cmd *cmd, struct cmdq_item *item)
{
	struct shower	 sh = { .item = item, .args = cmd_args(cmd) };
	const char	*name = args_string(sh.args, 0);
	char		*full = NULL, *cause = NULL;
	unsigned	 scope = 0;
	bool		 hooks = cmd_entry(cmd) == &cmd_show_hooks_entry;
	int		 r = 0;

	if (name != NULL)
		full = cmdq_expand(item, name, NULL);
	sh.oo = cmd_option_tree(item, full, &scope, &cause);
	if (sh.oo == NULL)
		r = -1;
	else if (full != NULL)
		r = show_one(&sh, full, &cause);
	else
		show_all(&sh, scope, hooks);
	free(full);
	if (r == 0)
		return (CMD_OK);
	if (args_has(sh.args, 'q')) {
		free(cause);
		return (CMD_OK);
	}
	return (cmdq_cause(item, cause));
}
