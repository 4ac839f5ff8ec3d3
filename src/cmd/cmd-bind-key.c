/* SPDX-License-Identifier: ISC */

/* cmd-bind-key.c - bind-key and unbind-key. */

#include "cmd/cmd-int.h"

static bool		cmd_bind_key_braces(const struct args *, int);
static enum cmd_result	cmd_bind_key_exec(struct cmd *, struct cmdq_item *);
static enum cmd_result	cmd_unbind_key_exec(struct cmd *, struct cmdq_item *);

const struct cmd_entry cmd_bind_key_entry = {
	.name = "bind-key",
	.alias = "bind",
	.getopt = "nrN:T:",
	.min = 1, .max = -1,
	.braces = cmd_bind_key_braces,
	.usage = "[-nr] [-T key-table] [-N note] key "
	    "[command [argument ...]]",
	.flags = CMD_AFTER_HOOK,
	.exec = cmd_bind_key_exec
};

const struct cmd_entry cmd_unbind_key_entry = {
	.name = "unbind-key",
	.alias = "unbind",
	.getopt = "anqT:",
	.min = 0, .max = 1,
	.usage = "[-anq] [-T key-table] key",
	.flags = CMD_AFTER_HOOK,
	.exec = cmd_unbind_key_exec
};

static bool
cmd_bind_key_braces(const struct args *args, int idx)
{
	(void)args;
	(void)idx;
	return (true);
}

/* Keys are kept without how they were typed. */
static key_code
bind_parse_key(const char *s)
{
	key_code	key = key_parse(s);

	if (key == KEY_UNKNOWN || key == KEY_NONE)
		return (KEY_UNKNOWN);
	return (key);
}

static const char *
bind_table(struct args *args)
{
	if (args_has(args, 'T'))
		return (args_get(args, 'T'));
	return (args_has(args, 'n') ? "root" : "prefix");
}

/*
 * The commands after the key: braces as they are; one word is command text;
 * several are a command line.  A new reference.
 */
static struct cmd_list *
bind_commands(struct cmdq_item *item, struct args *args, char **cause)
{
	struct cmd_parse	 in;
	struct cmd_list		*list;

	cmdq_fill_parse(item, &in);
	in.file = NULL;
	if (args_count(args) == 1)
		return (cmd_list_new());
	if (args_count(args) == 2) {
		if ((list = args_commands(args, 1)) != NULL)
			return (cmd_list_ref(list));
		return (cmd_parse_text(args_string(args, 1), &in, cause));
	}
	return (cmd_parse_args(args, 1, &in, cause));
}

static void
bind_parsed_free(void *parsed)
{
	cmd_list_unref(parsed);
}

static enum cmd_result
cmd_bind_key_exec(struct cmd *cmd, struct cmdq_item *item)
{
	struct args		*args = cmd_args(cmd);
	struct model		*m = item_model(item);
	const char		*table = bind_table(args);
	const char		*note = args_get(args, 'N');
	struct key_table	*kt;
	struct key_binding	*bd;
	struct cmd_list		*list;
	key_code		 key = bind_parse_key(args_string(args, 0));
	char			*text, *cause = NULL;

	if (key == KEY_UNKNOWN) {
		cmdq_error(item, "unknown key: %s", args_string(args, 0));
		return (CMD_ERROR);
	}
	/* Only a note or repeat for what is bound already. */
	if (args_count(args) == 1 &&
	    (kt = key_table_get(m->keys, table, false)) != NULL &&
	    (bd = key_table_find(kt, key)) != NULL) {
		text = xstrdup(bd->command);
		key_table_bind(m->keys, table, key, note != NULL ? note :
		    bd->note, args_has(args, 'r') || bd->repeat, text);
		free(text);
		return (CMD_OK);
	}
	if ((list = bind_commands(item, args, &cause)) == NULL)
		return (cmdq_cause(item, cause));
	text = cmd_list_print(list, false);
	key_table_bind(m->keys, table, key, note, args_has(args, 'r') != 0, text);
	free(text);
	bd = NULL;
	if ((kt = key_table_get(m->keys, table, false)) != NULL)
		bd = key_table_find(kt, key);
	if (bd != NULL && bd->parsed == NULL) {
		bd->parsed = list;
		bd->parsed_free = bind_parsed_free;
	} else
		cmd_list_unref(list);
	return (CMD_OK);
}

static enum cmd_result
unbind_all(struct cmdq_item *item, struct args *args)
{
	struct key_tables	*keys = item_model(item)->keys;
	const char		*table = bind_table(args);

	if (args_count(args) != 0) {
		if (!args_has(args, 'q'))
			cmdq_error(item, "key given with -a");
		return (CMD_ERROR);
	}
	if (key_table_get(keys, table, false) == NULL) {
		if (args_has(args, 'q'))
			return (CMD_OK);
		cmdq_error(item, "table %s doesn't exist", table);
		return (CMD_ERROR);
	}
	key_table_remove(keys, table);
	/* These two are always there. */
	if (strcmp(table, "root") == 0 || strcmp(table, "prefix") == 0)
		key_table_get(keys, table, true);
	return (CMD_OK);
}

static enum cmd_result
cmd_unbind_key_exec(struct cmd *cmd, struct cmdq_item *item)
{
	struct args		*args = cmd_args(cmd);
	struct key_tables	*keys = item_model(item)->keys;
	const char		*table = bind_table(args), *s;
	key_code		 key;

	if (args_has(args, 'a'))
		return (unbind_all(item, args));
	if ((s = args_string(args, 0)) == NULL) {
		if (!args_has(args, 'q'))
			cmdq_error(item, "missing key");
		return (CMD_ERROR);
	}
	if ((key = bind_parse_key(s)) == KEY_UNKNOWN) {
		if (!args_has(args, 'q'))
			cmdq_error(item, "unknown key: %s", s);
		return (CMD_ERROR);
	}
	if (args_has(args, 'T') && key_table_get(keys, table, false) == NULL) {
		if (!args_has(args, 'q'))
			cmdq_error(item, "table %s doesn't exist", table);
		return (CMD_ERROR);
	}
	key_table_unbind(keys, table, key);
	return (CMD_OK);
}
