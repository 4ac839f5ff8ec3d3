/* SPDX-License-Identifier: ISC */

/* cmd-new-session.c - make a session; has-session, start-server. */

#include "cmd/cmd-int.h"

static enum cmd_result	cmd_new_session_exec(struct cmd *, struct cmdq_item *);
static enum cmd_result	cmd_has_session_exec(struct cmd *, struct cmdq_item *);

const struct cmd_entry cmd_new_session_entry = {
	.name = "new-session",
	.alias = "new",
	.getopt = "Ac:dDe:EF:f:n:Ps:t:x:Xy:",
	.min = 0, .max = -1,
	.usage = "[-AdDEPX] [-c start-directory] [-e environment] [-F format] "
	    "[-f flags] [-n window-name] [-s session-name] "
	    "[-t target-session] [-x width] [-y height] "
	    "[shell-command [argument ...]]",
	.target = { 't', TARGET_SESSION, TARGET_CANFAIL },
	.flags = CMD_START_SERVER | CMD_AFTER_HOOK,
	.exec = cmd_new_session_exec
};

const struct cmd_entry cmd_has_session_entry = {
	.name = "has-session",
	.alias = "has",
	.getopt = "t:",
	.min = 0, .max = 0,
	.usage = "[-t target-session]",
	.target = { 't', TARGET_SESSION, 0 },
	.exec = cmd_has_session_exec
};

const struct cmd_entry cmd_start_server_entry = {
	.name = "start-server",
	.alias = "start",
	.getopt = "",
	.min = 0, .max = 0,
	.usage = "",
	.flags = CMD_START_SERVER,
	.exec = cmd_has_session_exec
};

static enum cmd_result
cmd_has_session_exec(struct cmd *cmd, struct cmdq_item *item)
{
	(void)cmd;
	(void)item;
	return (CMD_OK);
}

/* What is being made. */
struct new_session {
	struct cmdq_item	*item;
	struct args		*args;
	struct client		*c;		/* or NULL */
	bool			 detached;
	char			*name;		/* NULL: a number */
	char			*group;		/* -t */
	struct session		*member;	/* one of the group, or NULL */
	char			*size;		/* "WxH" of -x and -y, or NULL */
};

static void
new_session_fini(struct new_session *ns)
{
	free(ns->name);
	free(ns->group);
	free(ns->size);
}

/* -x or -y: a number, or - for the client's. */
static int
new_session_length(struct new_session *ns, int flag, int client, int def,
    int *out, char **cause)
{
	const char	*s = args_get(ns->args, flag), *why;
	long long	 n;

	*out = def;
	if (s == NULL)
		return (0);
	if (strcmp(s, "-") == 0) {
		if (client > 0)
			*out = client;
		return (0);
	}
	if (str_to_int(s, 1, WINDOW_MAX, &n, &why) != 0) {
		xasprintf(cause, "%s %s", flag == 'x' ? "width" : "height", why);
		return (-1);
	}
	*out = (int)n;
	return (0);
}

static int
new_session_size(struct new_session *ns, char **cause)
{
	struct model	*m = item_model(ns->item);
	const char	*def = options_string(m->session_options, "default-size");
	int		 w = 80, h = 24, cw = 0, ch = 0;

	if (!args_has(ns->args, 'x') && !args_has(ns->args, 'y'))
		return (0);
	if (sscanf(def, "%6dx%6d", &w, &h) != 2) {
		w = 80;
		h = 24;
	}
	if (ns->c != NULL) {
		cw = ns->c->cols;
		ch = ns->c->rows;
	}
	if (new_session_length(ns, 'x', cw, w, &w, cause) != 0 ||
	    new_session_length(ns, 'y', ch, h, &h, cause) != 0)
		return (-1);
	xasprintf(&ns->size, "%dx%d", w, h);
	return (0);
}

/* -s, or the name of the group and a number. */
static int
new_session_name(struct new_session *ns, char **cause)
{
	struct model	*m = item_model(ns->item);
	const char	*sflag = args_get(ns->args, 's');
	char		*s;
	unsigned	 n;

	if (sflag != NULL) {
		s = cmdq_expand(ns->item, sflag, NULL);
		ns->name = session_check_name(s);
		if (ns->name == NULL) {
			xasprintf(cause, "invalid session: %s", s);
			free(s);
			return (-1);
		}
		free(s);
	} else if (ns->group != NULL) {
		for (n = 0;; n++) {
			xasprintf(&s, "%s-%u", ns->group, n);
			if (session_find(m, s) == NULL)
				break;
			free(s);
		}
		ns->name = s;
	}
	return (0);
}

static int
new_session_group(struct new_session *ns, char **cause)
{
	struct model		*m = item_model(ns->item);
	const char		*tflag = args_get(ns->args, 't');
	struct session		*s = cmdq_target(ns->item)->s;
	struct session_group	*g;

	if (tflag == NULL)
		return (0);
	if (args_count(ns->args) != 0 || args_has(ns->args, 'n')) {
		*cause = xstrdup("command or window name given with target");
		return (-1);
	}
	if (s != NULL) {
		ns->member = s;
		ns->group = xstrdup(s->group != NULL ? s->group->name : s->name);
		return (0);
	}
	ns->group = session_check_name(tflag);
	if (ns->group == NULL) {
		xasprintf(cause, "invalid session group: %s", tflag);
		return (-1);
	}
	if ((g = session_group_find(m, ns->group)) != NULL)
		ns->member = TAILQ_FIRST(&g->members);
	return (0);
}

/* May the client show it? */
static int
new_session_open(struct new_session *ns, char **cause)
{
	const struct cmd_host	*host;
	char			*why = NULL;
	void			*arg;

	ns->detached = args_has(ns->args, 'd') || ns->c == NULL;
	if (ns->detached || ns->c->session != NULL)
		return (0);
	if (client_nested(item_model(ns->item), ns->c)) {
		*cause = xstrdup("sessions should be nested with care, "
		    "unset $TMUX to force");
		return (-1);
	}
	host = item_host(ns->item, &arg);
	if (host->client_open != NULL &&
	    host->client_open(arg, ns->c, &why) != 0) {
		xasprintf(cause, "open terminal failed: %s",
		    why != NULL ? why : "unknown error");
		free(why);
		return (-1);
	}
	return (0);
}

static struct session *
new_session_make(struct new_session *ns)
{
	struct model	*m = item_model(ns->item);
	struct environ	*env = environ_new(), *extra;
	struct options	*oo = options_new(m->session_options);
	struct session	*s;
	char		*cwd;

	if (!args_has(ns->args, 'E') && ns->c != NULL && ns->c->environ != NULL)
		environ_update(options_string(m->session_options,
		    "update-environment"), ns->c->environ, env);
	if ((extra = spawn_environ_args(ns->args, 'e')) != NULL) {
		environ_copy(extra, env);
		environ_free(extra);
	}
	if (ns->size != NULL)
		options_set_string(oo, "default-size", "%s", ns->size);
	if (args_has(ns->args, 'c'))
		cwd = cmdq_expand(ns->item, args_get(ns->args, 'c'), NULL);
	else
		cwd = xstrdup(spawn_cwd(ns->c, NULL));
	s = session_new(m, ns->name, cwd, env, oo);
	free(cwd);
	return (s);
}

/* Its first window, or those of its group. */
static int
new_session_fill(struct new_session *ns, struct session *s, char **cause)
{
	struct spawn	 sp = { .item = ns->item, .s = s, .index = -1 };
	struct winlink	*wl;

	if (ns->member != NULL) {
		if (ns->member->group == NULL)
			session_group_add(item_model(ns->item), ns->group,
			    ns->member);
		session_group_add(item_model(ns->item), ns->group, s);
		session_group_sync(ns->member);
		wl = NULL;
		if (ns->member->current != NULL)
			wl = session_winlink(s, ns->member->current->index);
		if (wl == NULL)
			wl = TAILQ_FIRST(&s->windows);
		if (wl != NULL)
			session_set_current(s, wl);
		return (s->current != NULL ? 0 : -1);
	}
	sp.name = args_get(ns->args, 'n');
	sp.directory = s->cwd;
	sp.argv = args_vector(ns->args, 0, &sp.argc);
	if (!ns->detached)
		sp.client = ns->c;
	wl = spawn_window(&sp, cause);
	args_vector_free(sp.argv, sp.argc);
	if (wl == NULL)
		return (-1);
	if (ns->group != NULL) {
		session_group_add(item_model(ns->item), ns->group, s);
		session_group_sync(s);
	}
	return (0);
}

static void
new_session_attach(struct new_session *ns, struct session *s)
{
	struct client	*c = ns->c;
	bool		 was = c->session != NULL;

	if (args_has(ns->args, 'f'))
		client_set_flags(ns->item, c, args_get(ns->args, 'f'));
	client_set_session(c, s);
	client_set_key_table(c, NULL);
	if (was)
		host_call(ns->item, client_changed, c);
	else {
		host_call(ns->item, client_attach, c);
		cmdq_notify(cmdq_of(ns->item), "client-attached", c, s, NULL,
		    NULL);
	}
}

/* -A and there is one. */
static enum cmd_result
new_session_existing(struct new_session *ns)
{
	enum cmd_result	 r;
	char		*target;

	xasprintf(&target, "=%s", ns->name);
	r = cmd_attach(ns->item, target, args_has(ns->args, 'D'),
	    args_has(ns->args, 'X'), 0, NULL, args_has(ns->args, 'E'),
	    args_get(ns->args, 'f'));
	free(target);
	return (r);
}

static enum cmd_result
new_session_run(struct new_session *ns, char **cause)
{
	struct model	*m = item_model(ns->item);
	struct session	*s;
	struct target	 tg;
	char		*text = NULL;

	if (new_session_group(ns, cause) != 0 ||
	    new_session_name(ns, cause) != 0)
		return (CMD_ERROR);
	if (ns->name != NULL && (s = session_find(m, ns->name)) != NULL) {
		if (args_has(ns->args, 'A'))
			return (new_session_existing(ns));
		xasprintf(cause, "duplicate session: %s", ns->name);
		return (CMD_ERROR);
	}
	if (new_session_size(ns, cause) != 0 || new_session_open(ns, cause) != 0)
		return (CMD_ERROR);
	s = new_session_make(ns);
	if (new_session_fill(ns, s, &text) != 0) {
		if (!s->dead)
			session_destroy(s);
		xasprintf(cause, "create window failed: %s",
		    text != NULL ? text : "no windows");
		free(text);
		return (CMD_ERROR);
	}
	target_from_session(&tg, s);
	cmdq_set_target(ns->item, &tg);
	if (args_has(ns->args, 'P')) {
		text = cmdq_expand(ns->item, args_has(ns->args, 'F') ?
		    args_get(ns->args, 'F') : "#{session_name}:", &tg);
		cmdq_print(ns->item, "%s", text);
		free(text);
	}
	if (!ns->detached) {
		new_session_attach(ns, s);
		cmdq_state_set_current(cmdq_state(ns->item), &tg);
	}
	return (CMD_OK);
}

static enum cmd_result
cmd_new_session_exec(struct cmd *cmd, struct cmdq_item *item)
{
	struct new_session	 ns = { .item = item, .args = cmd_args(cmd),
				    .c = cmdq_client(item) };
	char			*cause = NULL;
	enum cmd_result		 r;

	r = new_session_run(&ns, &cause);
	new_session_fini(&ns);
	if (r == CMD_ERROR && cause != NULL)
		cmdq_cause(item, cause);
	return (r);
}
