/* SPDX-License-Identifier: ISC */

/*
 * cmd-attach-session.c - give a client a session: attach-session and what it
 * shares with new-session.
 */

#include "cmd/cmd-int.h"

static enum cmd_result	cmd_attach_session_exec(struct cmd *,
			    struct cmdq_item *);

const struct cmd_entry cmd_attach_session_entry = {
	.name = "attach-session",
	.alias = "attach",
	.getopt = "c:dEf:rt:x",
	.min = 0, .max = 0,
	.usage = "[-dErx] [-c working-directory] [-f flags] "
	    "[-t target-session]",
	.flags = CMD_START_SERVER | CMD_READONLY,
	.exec = cmd_attach_session_exec
};

/* A program in one of our own panes: attaching there would show itself. */
bool
client_nested(struct model *m, struct client *c)
{
	const struct environ_entry	*e;
	struct pane			*p;
	size_t				 cursor = 0;
	void				*v;

	if (c->environ == NULL || c->tty == NULL || *c->tty == '\0')
		return (false);
	if ((e = environ_find(c->environ, "TMUX")) == NULL ||
	    e->value == NULL || *e->value == '\0')
		return (false);
	while (map_u32_next(&m->pane_by_id, &cursor, NULL, &v)) {
		p = v;
		if (!p->dead && strcmp(p->tty, c->tty) == 0)
			return (true);
	}
	return (false);
}

static void
client_set_flag(struct cmdq_item *item, struct client *c, const char *name)
{
	static const struct { const char *name; unsigned flag; } list[] = {
		{ "ignore-size", CLIENT_IGNORE_SIZE },
		{ "no-detach-on-destroy", CLIENT_NO_DETACH_ON_DESTROY },
		{ "no-output", CLIENT_NO_OUTPUT },
		{ "read-only", CLIENT_READONLY },
		{ "wait-exit", CLIENT_WAIT_EXIT },
	};
	bool		 off = *name == '!';
	long long	 seconds = 0;
	size_t		 i;

	if (off)
		name++;
	if (strcmp(name, "pause-after") == 0 ||
	    str_starts(name, "pause-after=")) {
		if (name[strlen("pause-after")] == '=')
			str_to_int(name + strlen("pause-after="), 0,
			    INT32_MAX, &seconds, NULL);
		host_call(item, control_pause_after, c,
		    off ? 0 : (unsigned)seconds, !off);
		return;
	}
	for (i = 0; i < sizeof list / sizeof list[0]; i++) {
		if (strcmp(name, list[i].name) != 0)
			continue;
		/* Once read-only, only others may give it back. */
		if (off && list[i].flag == CLIENT_READONLY &&
		    cmdq_client(item) == c)
			return;
		if (off)
			c->flags &= ~list[i].flag;
		else
			c->flags |= list[i].flag;
	}
}

void
client_set_flags(struct cmdq_item *item, struct client *c, const char *text)
{
	char	*copy = xstrdup(text), *s = copy, *name;

	while ((name = strsep(&s, ", ")) != NULL) {
		if (*name != '\0')
			client_set_flag(item, c, name);
	}
	free(copy);
	host_call(item, client_changed, c);
}

/* Detach all clients of a session but one. */
void
cmd_detach_others(struct cmdq_item *item, struct session *s,
    struct client *but, enum detach_kind kind)
{
	struct client	*c, *next;

	TAILQ_FOREACH_SAFE(c, &item_model(item)->clients, entry, next) {
		if (c->session == s && c != but)
			host_call(item, client_detach, c, kind, NULL);
	}
}

static int
attach_target(struct cmdq_item *item, const char *tflag, struct target *tg,
    char **cause)
{
	enum target_type	 type = TARGET_SESSION;
	struct winlink		*wl;

	/* "session:window.pane" also chooses the window and pane. */
	if (tflag != NULL && tflag[strcspn(tflag, ":.")] != '\0')
		type = TARGET_PANE;
	if (target_find(item, tflag, type, type == TARGET_SESSION ?
	    TARGET_PREFER_UNATTACHED : 0, tg, cause) != 0)
		return (-1);
	if (tg->s == NULL) {
		*cause = xstrdup("no sessions");
		return (-1);
	}
	wl = tg->wl;
	if (type == TARGET_PANE && wl != NULL) {
		if (tg->p != NULL)
			window_set_active(wl->window, tg->p);
		session_set_current(tg->s, wl);
		cmdq_state_set_current(cmdq_state(item), tg);
	}
	return (0);
}

enum cmd_result
cmd_attach(struct cmdq_item *item, const char *tflag, int dflag, int xflag,
    int rflag, const char *cflag, int Eflag, const char *fflag)
{
	struct model		*m = item_model(item);
	struct client		*c = cmdq_client(item);
	const struct cmd_host	*host;
	struct target		 tg;
	struct session		*s;
	char			*cause = NULL, *cwd;
	void			*arg;

	host = item_host(item, &arg);
	if (TAILQ_EMPTY(&m->sessions)) {
		cmdq_error(item, "no sessions");
		return (CMD_ERROR);
	}
	if (c == NULL)
		return (CMD_OK);
	if (c->session == NULL && client_nested(m, c)) {
		cmdq_error(item, "sessions should be nested with care, "
		    "unset $TMUX to force");
		return (CMD_ERROR);
	}
	if (attach_target(item, tflag, &tg, &cause) != 0)
		return (cmdq_cause(item, cause));
	s = tg.s;
	if (cflag != NULL) {
		cwd = cmdq_expand(item, cflag, &tg);
		free(s->cwd);
		s->cwd = cwd;
	}
	if (c->session == NULL && host->client_open != NULL &&
	    host->client_open(arg, c, &cause) != 0) {
		cmdq_error(item, "open terminal failed: %s",
		    cause != NULL ? cause : "unknown error");
		free(cause);
		return (CMD_ERROR);
	}
	if (rflag)
		c->flags |= CLIENT_READONLY | CLIENT_IGNORE_SIZE;
	if (fflag != NULL)
		client_set_flags(item, c, fflag);
	if (dflag || xflag)
		cmd_detach_others(item, s, c, xflag ? DETACH_HUP : DETACH_PLAIN);
	if (!Eflag && c->environ != NULL)
		session_update_environ(s, c->environ);
	if (c->session != NULL) {
		client_set_session(c, s);
		client_set_key_table(c, NULL);
		host_call(item, client_changed, c);
		return (CMD_OK);
	}
	client_set_session(c, s);
	client_set_key_table(c, NULL);
	host_call(item, client_attach, c);
	cmdq_notify(cmdq_of(item), "client-attached", c, s, NULL, NULL);
	return (CMD_OK);
}

static enum cmd_result
cmd_attach_session_exec(struct cmd *cmd, struct cmdq_item *item)
{
	struct args	*args = cmd_args(cmd);

	return (cmd_attach(item, args_get(args, 't'), args_has(args, 'd'),
	    args_has(args, 'x'), args_has(args, 'r'), args_get(args, 'c'),
	    args_has(args, 'E'), args_get(args, 'f')));
}
