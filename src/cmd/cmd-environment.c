/* SPDX-License-Identifier: ISC */

/* cmd-environment.c - set-environment and show-environment. */

#include "cmd/cmd-int.h"

static enum cmd_result	cmd_set_environment_exec(struct cmd *,
			    struct cmdq_item *);
static enum cmd_result	cmd_show_environment_exec(struct cmd *,
			    struct cmdq_item *);

const struct cmd_entry cmd_set_environment_entry = {
	.name = "set-environment",
	.alias = "setenv",
	.getopt = "Fhgrt:u",
	.min = 1, .max = 2,
	.usage = "[-Fhgru] [-t target-session] variable [value]",
	.target = { 't', TARGET_SESSION, TARGET_CANFAIL },
	.flags = CMD_AFTER_HOOK,
	.exec = cmd_set_environment_exec
};

const struct cmd_entry cmd_show_environment_entry = {
	.name = "show-environment",
	.alias = "showenv",
	.getopt = "hgst:",
	.min = 0, .max = 1,
	.usage = "[-hgs] [-t target-session] [variable]",
	.target = { 't', TARGET_SESSION, TARGET_CANFAIL },
	.flags = CMD_AFTER_HOOK,
	.exec = cmd_show_environment_exec
};

static struct environ *
environment_of(struct cmdq_item *item, struct args *args)
{
	struct session	*s = cmdq_target(item)->s;

	if (args_has(args, 'g'))
		return (item_model(item)->environ);
	if (s != NULL)
		return (s->environ);
	if (args_has(args, 't'))
		cmdq_error(item, "no such session: %s", args_get(args, 't'));
	else
		cmdq_error(item, "no current session");
	return (NULL);
}

static enum cmd_result
cmd_set_environment_exec(struct cmd *cmd, struct cmdq_item *item)
{
	struct args	*args = cmd_args(cmd);
	const char	*name = args_string(args, 0);
	const char	*value = args_string(args, 1);
	struct environ	*env;
	char		*expanded;

	if (*name == '\0') {
		cmdq_error(item, "empty variable name");
		return (CMD_ERROR);
	}
	if (strchr(name, '=') != NULL) {
		cmdq_error(item, "variable name contains =");
		return (CMD_ERROR);
	}
	if ((env = environment_of(item, args)) == NULL)
		return (CMD_ERROR);
	if (args_has(args, 'u') || args_has(args, 'r')) {
		if (value != NULL) {
			cmdq_error(item, "can't specify a value with -%c",
			    args_has(args, 'u') ? 'u' : 'r');
			return (CMD_ERROR);
		}
		if (args_has(args, 'u'))
			environ_unset(env, name);
		else
			environ_clear(env, name);
		return (CMD_OK);
	}
	if (value == NULL) {
		cmdq_error(item, "no value specified");
		return (CMD_ERROR);
	}
	expanded = args_has(args, 'F') ? cmdq_expand(item, value, NULL) :
	    xstrdup(value);
	environ_set(env, name, args_has(args, 'h') != 0, expanded);
	free(expanded);
	return (CMD_OK);
}

/* The value as a shell reads it back inside of double quotes. */
static char *
environment_escape(const char *value)
{
	struct buf	b;

	buf_init(&b, CMD_TEXT_MAX);
	for (; *value != '\0'; value++) {
		if (strchr("$`\"\\", *value) != NULL)
			buf_addc(&b, '\\');
		buf_addc(&b, (uint8_t)*value);
	}
	return (buf_take_string(&b));
}

static void
environment_print(struct cmdq_item *item, struct args *args,
    const struct environ_entry *e)
{
	char	*s;

	if (e->hidden != (args_has(args, 'h') != 0))
		return;
	if (!args_has(args, 's')) {
		if (e->value != NULL)
			cmdq_print(item, "%s=%s", e->name, e->value);
		else
			cmdq_print(item, "-%s", e->name);
		return;
	}
	if (e->value == NULL) {
		cmdq_print(item, "unset %s;", e->name);
		return;
	}
	s = environment_escape(e->value);
	cmdq_print(item, "%s=\"%s\"; export %s;", e->name, s, e->name);
	free(s);
}

static enum cmd_result
cmd_show_environment_exec(struct cmd *cmd, struct cmdq_item *item)
{
	struct args			*args = cmd_args(cmd);
	const struct environ_entry	*e;
	const char			*name = args_string(args, 0);
	struct environ			*env;
	size_t				 i;

	if ((env = environment_of(item, args)) == NULL)
		return (CMD_ERROR);
	if (name != NULL) {
		if ((e = environ_find(env, name)) == NULL) {
			cmdq_error(item, "unknown variable: %s", name);
			return (CMD_ERROR);
		}
		environment_print(item, args, e);
		return (CMD_OK);
	}
	for (i = 0; i < environ_count(env); i++)
		environment_print(item, args, environ_at(env, i));
	return (CMD_OK);
}
