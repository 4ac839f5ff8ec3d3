/* SPDX-License-Identifier: ISC */

/*
 * cmd-client.c - commands about clients: switch-client, detach-client,
 * suspend-client, lock-*, server-access.
 */

#include "cmd/cmd-int.h"

static enum cmd_result	cmd_switch_client_exec(struct cmd *, struct cmdq_item *);
static enum cmd_result	cmd_detach_client_exec(struct cmd *, struct cmdq_item *);
static enum cmd_result	cmd_suspend_client_exec(struct cmd *, struct cmdq_item *);
static enum cmd_result	cmd_lock_exec(struct cmd *, struct cmdq_item *);
static enum cmd_result	cmd_server_access_exec(struct cmd *, struct cmdq_item *);

const struct cmd_entry cmd_switch_client_entry = {
	.name = "switch-client",
	.alias = "switchc",
	.getopt = "c:EFlnO:pt:rT:Z",
	.min = 0, .max = 0,
	.usage = "[-ElnprZ] [-c target-client] [-t target-session] "
	    "[-T key-table] [-O order]",
	.flags = CMD_READONLY | CMD_CLIENT_C,
	.exec = cmd_switch_client_exec
};

const struct cmd_entry cmd_detach_client_entry = {
	.name = "detach-client",
	.alias = "detach",
	.getopt = "aE:s:t:P",
	.min = 0, .max = 0,
	.usage = "[-aP] [-E shell-command] [-s target-session] "
	    "[-t target-client]",
	.source = { 's', TARGET_SESSION, TARGET_CANFAIL },
	.flags = CMD_READONLY | CMD_CLIENT_T | CMD_CLIENT_CANFAIL,
	.exec = cmd_detach_client_exec
};

const struct cmd_entry cmd_suspend_client_entry = {
	.name = "suspend-client",
	.alias = "suspendc",
	.getopt = "t:",
	.min = 0, .max = 0,
	.usage = "[-t target-client]",
	.flags = CMD_CLIENT_T,
	.exec = cmd_suspend_client_exec
};

const struct cmd_entry cmd_lock_server_entry = {
	.name = "lock-server",
	.alias = "lock",
	.getopt = "",
	.min = 0, .max = 0,
	.usage = "",
	.flags = CMD_AFTER_HOOK,
	.exec = cmd_lock_exec
};

const struct cmd_entry cmd_lock_session_entry = {
	.name = "lock-session",
	.alias = "locks",
	.getopt = "t:",
	.min = 0, .max = 0,
	.usage = "[-t target-session]",
	.target = { 't', TARGET_SESSION, 0 },
	.flags = CMD_AFTER_HOOK,
	.exec = cmd_lock_exec
};

const struct cmd_entry cmd_lock_client_entry = {
	.name = "lock-client",
	.alias = "lockc",
	.getopt = "t:",
	.min = 0, .max = 0,
	.usage = "[-t target-client]",
	.flags = CMD_AFTER_HOOK | CMD_CLIENT_T,
	.exec = cmd_lock_exec
};

const struct cmd_entry cmd_server_access_entry = {
	.name = "server-access",
	.alias = NULL,
	.getopt = "adglrw",
	.min = 0, .max = 1,
	.usage = "[-adglrw] [user|group]",
	.exec = cmd_server_access_exec
};

/*** switch-client ***/

/* The next session by name after (dir 1) or before (-1) this one. */
static struct session *
session_step(struct model *m, struct session *from, int dir)
{
	struct session	*s, *best = NULL, *end = NULL;

	TAILQ_FOREACH(s, &m->sessions, entry) {
		if (end == NULL || dir * strcmp(s->name, end->name) < 0)
			end = s;
		if (dir * strcmp(s->name, from->name) <= 0)
			continue;
		if (best == NULL || dir * strcmp(s->name, best->name) < 0)
			best = s;
	}
	if (best == NULL)
		best = end;
	return (best == from ? NULL : best);
}

static int
switch_target(struct cmdq_item *item, struct client *c, struct target *tg,
    char **cause)
{
	struct args		*args = cmd_args(cmdq_cmd(item));
	struct model		*m = item_model(item);
	const char		*tflag = args_get(args, 't');
	enum target_type	 type = TARGET_SESSION;
	struct session		*s = NULL;

	if (args_has(args, 'n') || args_has(args, 'p')) {
		if (c->session != NULL)
			s = session_step(m, c->session,
			    args_has(args, 'n') ? 1 : -1);
		if (s == NULL)
			xasprintf(cause, "can't find %s session",
			    args_has(args, 'n') ? "next" : "previous");
	} else if (args_has(args, 'l')) {
		if (c->last_session != NULL)
			s = model_session(m, c->last_session_id);
		if (s == NULL || s->dead) {
			s = NULL;
			*cause = xstrdup("can't find last session");
		}
	} else {
		if (tflag != NULL && (tflag[strcspn(tflag, ":.%")] != '\0' ||
		    strcmp(tflag, "=") == 0 || strcmp(tflag, "{mouse}") == 0))
			type = TARGET_PANE;
		return (target_find(item, tflag, type,
		    type == TARGET_SESSION ? TARGET_PREFER_UNATTACHED : 0, tg,
		    cause));
	}
	return (s != NULL && target_from_session(tg, s) ? 0 : -1);
}

/* Make the pane and window that were named the current ones. */
static void
switch_select(struct cmdq_item *item, struct target *tg)
{
	struct args	*args = cmd_args(cmdq_cmd(item));
	struct window	*w = tg->w;
	bool		 zoom;

	if (tg->wl == NULL || args_get(args, 't') == NULL)
		return;
	if (tg->p != NULL && tg->p != w->active) {
		zoom = window_push_zoom(w, false, args_has(args, 'Z') != 0);
		window_set_active(w, tg->p);
		window_pop_zoom(w, zoom);
	}
	session_set_current(tg->s, tg->wl);
}

static enum cmd_result
cmd_switch_client_exec(struct cmd *cmd, struct cmdq_item *item)
{
	struct args	*args = cmd_args(cmd);
	struct model	*m = item_model(item);
	struct client	*c = cmdq_target_client(item);
	struct target	 tg;
	const char	*table;
	char		*cause = NULL;

	if (args_has(args, 'r')) {
		if (c->flags & CLIENT_READONLY)
			c->flags &= ~(unsigned)(CLIENT_READONLY |
			    CLIENT_IGNORE_SIZE);
		else
			c->flags |= CLIENT_READONLY | CLIENT_IGNORE_SIZE;
		host_call(item, client_changed, c);
	}
	if ((table = args_get(args, 'T')) != NULL) {
		if (key_table_get(m->keys, table, false) == NULL) {
			cmdq_error(item, "table %s doesn't exist", table);
			return (CMD_ERROR);
		}
		client_set_key_table(c, table);
		return (CMD_OK);
	}
	if (args_has(args, 'r') && !args_has(args, 't') &&
	    !args_has(args, 'n') && !args_has(args, 'p') &&
	    !args_has(args, 'l'))
		return (CMD_OK);
	if (switch_target(item, c, &tg, &cause) != 0)
		return (cmdq_cause(item, cause));
	switch_select(item, &tg);
	cmdq_state_set_current(cmdq_state(item), &tg);
	if (!args_has(args, 'E') && c->environ != NULL)
		session_update_environ(tg.s, c->environ);
	client_set_session(c, tg.s);
	if (!(cmdq_flags(item) & CMDQ_REPEAT))
		client_set_key_table(c, NULL);
	host_call(item, client_changed, c);
	return (CMD_OK);
}

/*** detach-client, suspend-client ***/

static enum cmd_result
cmd_detach_client_exec(struct cmd *cmd, struct cmdq_item *item)
{
	struct args		*args = cmd_args(cmd);
	struct client		*c = cmdq_target_client(item), *o, *next;
	struct session		*s = cmdq_source(item)->s;
	const char		*command = args_get(args, 'E');
	enum detach_kind	 kind = DETACH_PLAIN;

	if (command != NULL)
		kind = DETACH_EXEC;
	else if (args_has(args, 'P'))
		kind = DETACH_HUP;
	if (args_has(args, 's')) {
		if (s == NULL) {
			cmdq_error(item, "can't find session: %s",
			    args_get(args, 's'));
			return (CMD_ERROR);
		}
		TAILQ_FOREACH_SAFE(o, &item_model(item)->clients, entry, next) {
			if (o->session == s)
				host_call(item, client_detach, o, kind, command);
		}
		return (CMD_STOP);
	}
	if (c == NULL) {
		if (args_has(args, 't'))
			cmdq_error(item, "can't find client: %s",
			    args_get(args, 't'));
		else
			cmdq_error(item, "no current client");
		return (CMD_ERROR);
	}
	if (args_has(args, 'a')) {
		TAILQ_FOREACH_SAFE(o, &item_model(item)->clients, entry, next) {
			if (o->session != NULL && o != c)
				host_call(item, client_detach, o, kind, command);
		}
		return (CMD_OK);
	}
	host_call(item, client_detach, c, kind, command);
	return (CMD_STOP);
}

static enum cmd_result
cmd_suspend_client_exec(struct cmd *cmd, struct cmdq_item *item)
{
	struct client	*c = cmdq_target_client(item);

	(void)cmd;
	if (c->session != NULL)
		host_call(item, client_suspend, c);
	return (CMD_OK);
}

/*** lock-server, lock-session, lock-client ***/

static enum cmd_result
cmd_lock_exec(struct cmd *cmd, struct cmdq_item *item)
{
	struct client	*c, *next;

	if (cmd_entry(cmd) == &cmd_lock_client_entry) {
		host_call(item, client_lock, cmdq_target_client(item));
		return (CMD_OK);
	}
	TAILQ_FOREACH_SAFE(c, &item_model(item)->clients, entry, next) {
		if (c->session == NULL ||
		    (cmd_entry(cmd) == &cmd_lock_session_entry &&
		    c->session != cmdq_target(item)->s))
			continue;
		host_call(item, client_lock, c);
	}
	return (CMD_OK);
}

/*** server-access ***/

static enum cmd_result
cmd_server_access_exec(struct cmd *cmd, struct cmdq_item *item)
{
	struct args		*args = cmd_args(cmd);
	const struct cmd_host	*host;
	enum access_op		 op;
	char			*cause = NULL, *name = NULL;
	void			*arg;
	int			 r;

	host = item_host(item, &arg);
	if (host->access == NULL) {
		cmdq_error(item, "server-access is not supported");
		return (CMD_ERROR);
	}
	if (args_has(args, 'l'))
		op = ACCESS_LIST;
	else {
		if (args_count(args) == 0) {
			cmdq_error(item, "missing user argument");
			return (CMD_ERROR);
		}
		if (args_has(args, 'a') && args_has(args, 'd')) {
			cmdq_error(item, "-a and -d cannot be used together");
			return (CMD_ERROR);
		}
		if (args_has(args, 'r') && args_has(args, 'w')) {
			cmdq_error(item, "-r and -w cannot be used together");
			return (CMD_ERROR);
		}
		op = args_has(args, 'd') ? ACCESS_DENY :
		    args_has(args, 'a') ? ACCESS_ADD :
		    args_has(args, 'r') ? ACCESS_READ : ACCESS_WRITE;
		name = cmdq_expand(item, args_string(args, 0), NULL);
	}
	r = host->access(arg, op, name, args_has(args, 'g') != 0, item, &cause);
	if (r == 0 && op == ACCESS_ADD &&
	    (args_has(args, 'r') || args_has(args, 'w')))
		r = host->access(arg, args_has(args, 'r') ? ACCESS_READ :
		    ACCESS_WRITE, name, args_has(args, 'g') != 0, item, &cause);
	free(name);
	if (r != 0)
		return (cmdq_cause(item, cause));
	return (CMD_OK);
}
