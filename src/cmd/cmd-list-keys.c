/* SPDX-License-Identifier: ISC */

/*
 * cmd-list-keys.c - list-keys and list-commands.
 *
 * Plug-ins read these lines: "bind-key", "-r" or blanks, "-T", the table, the
 * key, the command, in columns.
 */

#include "cmd/cmd-int.h"

static enum cmd_result	cmd_list_keys_exec(struct cmd *, struct cmdq_item *);
static enum cmd_result	cmd_list_commands_exec(struct cmd *, struct cmdq_item *);

const struct cmd_entry cmd_list_keys_entry = {
	.name = "list-keys",
	.alias = "lsk",
	.getopt = "1aF:NO:P:rT:",
	.min = 0, .max = 1,
	.usage = "[-1aNr] [-F format] [-O order] [-P prefix-string] "
	    "[-T key-table] [key]",
	.flags = CMD_START_SERVER | CMD_AFTER_HOOK,
	.exec = cmd_list_keys_exec
};

const struct cmd_entry cmd_list_commands_entry = {
	.name = "list-commands",
	.alias = "lscm",
	.getopt = "F:",
	.min = 0, .max = 1,
	.usage = "[-F format] [command]",
	.flags = CMD_START_SERVER | CMD_AFTER_HOOK,
	.exec = cmd_list_commands_exec
};

#define KEY_TEXT_MAX	64

struct key_lister {
	struct cmdq_item	*item;
	struct args		*args;
	key_code		 only;		/* KEY_UNKNOWN: all */
	int			 key_width, table_width;
	bool			 repeat;	/* some binding has -r */
	unsigned		 found;
};

static bool
list_keys_wanted(struct key_lister *kl, struct key_binding *bd)
{
	if (kl->only != KEY_UNKNOWN && bd->key != kl->only)
		return (false);
	if (args_has(kl->args, 'r') && !args_has(kl->args, 'N') && !bd->repeat)
		return (false);
	return (true);
}

/* The command of a binding as it would be typed after bind-key. */
static char *
list_keys_command(struct cmdq *q, struct key_binding *bd, bool escaped)
{
	struct cmd_list	*list = cmdq_binding_list(q, bd, NULL);

	if (list == NULL)
		return (xstrdup(bd->command));
	return (cmd_list_print(list, escaped));
}

static char *
list_keys_name(key_code key)
{
	char	buf[KEY_TEXT_MAX];

	return (args_escape(key_name(key, buf, sizeof buf)));
}

static void
list_keys_measure(struct key_lister *kl, struct key_table *kt)
{
	struct key_binding	*bd;
	char			*s;
	size_t			 i;
	int			 w;

	for (i = 0; i < key_table_count(kt); i++) {
		bd = key_table_at(kt, i);
		if (!list_keys_wanted(kl, bd))
			continue;
		if (bd->repeat)
			kl->repeat = true;
		w = (int)strlen(key_table_name(kt));
		if (w > kl->table_width)
			kl->table_width = w;
		s = list_keys_name(bd->key);
		w = format_width(s);
		if (w > kl->key_width)
			kl->key_width = w;
		free(s);
	}
}

static void
list_keys_print(struct key_lister *kl, struct key_table *kt)
{
	struct key_binding	*bd;
	char			*key, *command;
	size_t			 i;

	for (i = 0; i < key_table_count(kt); i++) {
		bd = key_table_at(kt, i);
		if (!list_keys_wanted(kl, bd))
			continue;
		kl->found++;
		key = list_keys_name(bd->key);
		command = list_keys_command(cmdq_of(kl->item), bd, true);
		cmdq_print(kl->item, "bind-key %s-T %s%*s %s%*s %s",
		    bd->repeat ? "-r " : kl->repeat ? "   " : "",
		    key_table_name(kt), kl->table_width -
		    (int)strlen(key_table_name(kt)), "", key,
		    kl->key_width - format_width(key), "", command);
		free(key);
		free(command);
		if (args_has(kl->args, '1'))
			return;
	}
}

/* -F */
static void
list_keys_format(struct key_lister *kl, struct key_table *kt)
{
	struct key_binding	*bd;
	struct format		*ft;
	char			*s, buf[KEY_TEXT_MAX];
	size_t			 i;

	for (i = 0; i < key_table_count(kt); i++) {
		bd = key_table_at(kt, i);
		if (!list_keys_wanted(kl, bd))
			continue;
		kl->found++;
		ft = cmdq_format(kl->item, 0, NULL);
		format_add(ft, "key_table", "%s", key_table_name(kt));
		format_add(ft, "key_string", "%s",
		    key_name(bd->key, buf, sizeof buf));
		s = list_keys_command(cmdq_of(kl->item), bd, false);
		format_add(ft, "key_command", "%s", s);
		free(s);
		format_add(ft, "key_note", "%s", bd->note != NULL ? bd->note : "");
		format_add(ft, "key_repeat", "%d", bd->repeat);
		format_add(ft, "key_has_repeat", "%d", kl->repeat);
		format_add(ft, "key_string_width", "%d", kl->key_width);
		format_add(ft, "key_table_width", "%d", kl->table_width);
		s = format_expand(ft, args_get(kl->args, 'F'));
		cmdq_print(kl->item, "%s", s);
		free(s);
		format_free(ft);
	}
}

/*** -N: keys with notes. ***/

static char *
list_keys_note(struct cmdq *q, struct key_binding *bd)
{
	if (bd->note != NULL && *bd->note != '\0')
		return (xstrdup(bd->note));
	return (list_keys_command(q, bd, true));
}

static void
list_keys_notes(struct key_lister *kl, struct key_table *kt, const char *prefix,
    int width)
{
	struct key_binding	*bd;
	struct client		*c;
	char			*note, name[KEY_TEXT_MAX];
	size_t			 i;

	for (i = 0; i < key_table_count(kt); i++) {
		bd = key_table_at(kt, i);
		if (!list_keys_wanted(kl, bd) || key_is_mouse(bd->key))
			continue;
		if (!args_has(kl->args, 'a') &&
		    (bd->note == NULL || *bd->note == '\0'))
			continue;
		kl->found++;
		key_name(bd->key, name, sizeof name);
		note = list_keys_note(cmdq_of(kl->item), bd);
		c = cmdq_target_client(kl->item);
		if (args_has(kl->args, '1') && c != NULL) {
			char	*text;

			xasprintf(&text, "%s%s %s", prefix, name, note);
			host_call(kl->item, message, c, text, -1L, false, true);
			free(text);
		} else
			cmdq_print(kl->item, "%s%s%*s %s", prefix, name,
			    width - format_width(name), "", note);
		free(note);
		if (args_has(kl->args, '1'))
			return;
	}
}

static int
list_keys_notes_width(struct key_lister *kl, struct key_table *kt)
{
	struct key_binding	*bd;
	char			 name[KEY_TEXT_MAX];
	size_t			 i;
	int			 w, width = 0;

	for (i = 0; kt != NULL && i < key_table_count(kt); i++) {
		bd = key_table_at(kt, i);
		if (!list_keys_wanted(kl, bd) || key_is_mouse(bd->key))
			continue;
		if (!args_has(kl->args, 'a') &&
		    (bd->note == NULL || *bd->note == '\0'))
			continue;
		w = format_width(key_name(bd->key, name, sizeof name));
		if (w > width)
			width = w;
	}
	return (width);
}

static char *
list_keys_prefix(struct key_lister *kl)
{
	struct model	*m = item_model(kl->item);
	struct target	 cur;
	key_code	 key;
	char		 name[KEY_TEXT_MAX], *s;

	if (args_has(kl->args, 'P'))
		return (xstrdup(args_get(kl->args, 'P')));
	cmdq_current(kl->item, &cur);
	key = (key_code)options_number(cur.s != NULL ? cur.s->options :
	    m->session_options, "prefix");
	if (key == KEY_NONE)
		return (xstrdup(""));
	xasprintf(&s, "%s ", key_name(key, name, sizeof name));
	return (s);
}

static void
list_keys_with_notes(struct key_lister *kl, const char *table)
{
	struct model		*m = item_model(kl->item);
	struct key_table	*root, *prefix;
	char			*text, *blank;
	int			 width, w;

	if (table != NULL) {
		root = key_table_get(m->keys, table, false);
		list_keys_notes(kl, root, args_has(kl->args, 'P') ?
		    args_get(kl->args, 'P') : "",
		    list_keys_notes_width(kl, root));
		return;
	}
	root = key_table_get(m->keys, "root", false);
	prefix = key_table_get(m->keys, "prefix", false);
	width = list_keys_notes_width(kl, root);
	w = list_keys_notes_width(kl, prefix);
	if (w > width)
		width = w;
	/* Keys of the root table stand below those after the prefix. */
	text = list_keys_prefix(kl);
	xasprintf(&blank, "%*s", format_width(text), "");
	if (root != NULL)
		list_keys_notes(kl, root, blank, width);
	if (prefix != NULL && (!args_has(kl->args, '1') || kl->found == 0))
		list_keys_notes(kl, prefix, text, width);
	free(blank);
	free(text);
}

static enum cmd_result
cmd_list_keys_exec(struct cmd *cmd, struct cmdq_item *item)
{
	struct args		*args = cmd_args(cmd);
	struct key_lister	 kl = { .item = item, .args = args,
				    .only = KEY_UNKNOWN };
	struct key_tables	*keys = item_model(item)->keys;
	struct key_table	*kt;
	const char		*table = args_get(args, 'T');
	const char		*key = args_string(args, 0);

	if (key != NULL) {
		kl.only = key_parse(key);
		if (kl.only == KEY_UNKNOWN) {
			cmdq_error(item, "invalid key: %s", key);
			return (CMD_ERROR);
		}
		kl.only &= KEY_MASK | KEY_MODIFIERS;
	}
	if (table != NULL && key_table_get(keys, table, false) == NULL) {
		cmdq_error(item, "table %s doesn't exist", table);
		return (CMD_ERROR);
	}
	if (args_has(args, 'N') && !args_has(args, 'F'))
		list_keys_with_notes(&kl, table);
	else {
		for (kt = key_table_next(keys, NULL); kt != NULL;
		    kt = key_table_next(keys, kt)) {
			if (table == NULL ||
			    strcmp(key_table_name(kt), table) == 0)
				list_keys_measure(&kl, kt);
		}
		for (kt = key_table_next(keys, NULL); kt != NULL;
		    kt = key_table_next(keys, kt)) {
			if (table != NULL &&
			    strcmp(key_table_name(kt), table) != 0)
				continue;
			if (args_has(args, 'F'))
				list_keys_format(&kl, kt);
			else
				list_keys_print(&kl, kt);
			if (args_has(args, '1') && kl.found > 0)
				break;
		}
	}
	if (key != NULL && kl.found == 0) {
		cmdq_error(item, "unknown key: %s", key);
		return (CMD_ERROR);
	}
	return (CMD_OK);
}

/*** list-commands ***/

static enum cmd_result
cmd_list_commands_exec(struct cmd *cmd, struct cmdq_item *item)
{
	struct args		*args = cmd_args(cmd);
	const struct cmd_entry	*entry, *only = NULL;
	const char		*tmpl = args_get(args, 'F');
	struct format		*ft;
	char			*s, *cause;
	size_t			 i;

	if (tmpl == NULL)
		tmpl = "#{command_list_name}"
		    "#{?command_list_alias, (#{command_list_alias}),} "
		    "#{command_list_usage}";
	if (args_count(args) != 0) {
		only = cmd_find(args_string(args, 0), &cause);
		if (only == NULL)
			return (cmdq_cause(item, cause));
	}
	for (i = 0; i < cmd_table_count; i++) {
		entry = cmd_table[i];
		if (only != NULL && entry != only)
			continue;
		ft = format_new(item_model(item), 0);
		format_add(ft, "command_list_name", "%s", entry->name);
		format_add(ft, "command_list_alias", "%s",
		    entry->alias != NULL ? entry->alias : "");
		format_add(ft, "command_list_usage", "%s", entry->usage);
		s = format_expand(ft, tmpl);
		cmdq_print(item, "%s", s);
		free(s);
		format_free(ft);
	}
	return (CMD_OK);
}
