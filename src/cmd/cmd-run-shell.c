/* SPDX-License-Identifier: ISC */

/*
 * cmd-run-shell.c - run-shell and if-shell.
 *
 * Both start a job and wait for its end, unless told to go on (-b); then what
 * follows from it is queued for the client when it comes.
 */

#include <sys/wait.h>

#include "cmd/cmd-int.h"

static bool		cmd_run_shell_braces(const struct args *, int);
static bool		cmd_if_shell_braces(const struct args *, int);
static enum cmd_result	cmd_run_shell_exec(struct cmd *, struct cmdq_item *);
static enum cmd_result	cmd_if_shell_exec(struct cmd *, struct cmdq_item *);

const struct cmd_entry cmd_run_shell_entry = {
	.name = "run-shell",
	.alias = "run",
	.getopt = "bd:Ct:Es:c:",
	.min = 0, .max = -1,
	.braces = cmd_run_shell_braces,
	.usage = "[-bCE] [-c start-directory] [-d delay] [-t target-pane] "
	    "[shell-command [argument ...]]",
	.target = { 't', TARGET_PANE, TARGET_CANFAIL },
	.exec = cmd_run_shell_exec
};

const struct cmd_entry cmd_if_shell_entry = {
	.name = "if-shell",
	.alias = "if",
	.getopt = "bFt:",
	.min = 2, .max = 3,
	.braces = cmd_if_shell_braces,
	.usage = "[-bF] [-t target-pane] shell-command command [command]",
	.target = { 't', TARGET_PANE, TARGET_CANFAIL },
	.exec = cmd_if_shell_exec
};

static bool
cmd_run_shell_braces(const struct args *args, int idx)
{
	return (idx == 0 && args_has(args, 'C'));
}

static bool
cmd_if_shell_braces(const struct args *args, int idx)
{
	(void)args;
	return (idx == 1 || idx == 2);
}

/* What runs or waits for its time. */
struct shell {
	struct cmdq		*q;
	uint64_t		 item;		/* 0: nobody waits (-b) */
	uint32_t		 client;	/* ID_NONE: none */
	struct target_id	 target;
	bool			 to_pane;	/* -t: output into the pane */
	bool			 with_stderr;
	struct cmdq_state	*st;
	char			*command;	/* shell command, or NULL */
	char			*cwd;
	char			*then, *otherwise; /* command text, or NULL */
	struct cmd_list		*then_list, *otherwise_list;
};

static struct shell *
shell_new(struct cmdq_item *item, bool wait)
{
	struct shell	*sh = xcalloc(1, sizeof *sh);

	sh->q = cmdq_of(item);
	sh->item = wait ? cmdq_item_id(item) : 0;
	sh->client = cmdq_client_id(item);
	sh->target = target_save(cmdq_target(item));
	sh->st = cmdq_state_ref(cmdq_state(item));
	return (sh);
}

static void
shell_free(struct shell *sh)
{
	cmdq_state_unref(sh->st);
	cmd_list_unref(sh->then_list);
	cmd_list_unref(sh->otherwise_list);
	free(sh->command);
	free(sh->cwd);
	free(sh->then);
	free(sh->otherwise);
	free(sh);
}

static struct client *
shell_client(struct shell *sh)
{
	struct client	*c = NULL;

	if (sh->client != ID_NONE)
		c = model_client(cmdq_model(sh->q), sh->client);
	return (c != NULL && !(c->flags & CLIENT_DEAD) ? c : NULL);
}

/* Give up the wait and everything. */
static void
shell_finish(struct shell *sh)
{
	if (sh->item != 0)
		cmdq_continue(sh->q, sh->item);
	shell_free(sh);
}

/* Commands that follow: behind the item that waits, else of the client. */
static void
shell_run_commands(struct shell *sh, const char *text, struct cmd_list *list)
{
	struct cmdq_item	*item = NULL;

	if (text == NULL && list == NULL)
		return;
	if (sh->item != 0 && (item = cmdq_item(sh->q, sh->item)) == NULL)
		return;
	if (item != NULL && list != NULL)
		cmdq_insert_list(item, list);
	else if (item != NULL)
		cmdq_insert_text(item, text);
	else if (list != NULL)
		cmdq_append(sh->q, shell_client(sh), list, sh->st);
	else
		cmdq_append_state(sh->q, shell_client(sh), text, sh->st);
}

/*** Jobs. ***/

/* Start a job for sh; it becomes the job's. */
static int
shell_start(struct shell *sh, void (*done)(void *, int, const void *, size_t),
    char **cause)
{
	struct model		*m = cmdq_model(sh->q);
	const struct cmd_host	*host;
	struct cmd_job		 job = { 0 };
	struct target		 tg;
	struct environ		*env;
	void			*arg;
	int			 r = -1;

	host = cmdq_host(sh->q, &arg);
	if (!target_load(m, &sh->target, &tg))
		target_clear(&tg);
	env = spawn_environ(m, tg.s, NULL, NULL);
	environ_set(env, "PWD", false, sh->cwd);
	job.command = sh->command;
	job.shell = "/bin/sh";
	job.cwd = sh->cwd;
	job.environ = env;
	job.with_stderr = sh->with_stderr;
	job.client = shell_client(sh);
	job.pane = tg.p;
	job.done = done;
	job.done_arg = sh;
	if (host->job_run != NULL)
		r = host->job_run(arg, &job, cause);
	else
		*cause = xstrdup("jobs are not supported");
	environ_free(env);
	return (r);
}

/* A line of output: to who asked, or into the pane. */
static void
shell_print(struct shell *sh, struct cmdq_item *item, const char *line)
{
	const struct cmd_host	*host;
	struct target		 tg;
	void			*arg;

	if (!sh->to_pane && item != NULL) {
		cmdq_print(item, "%s", line);
		return;
	}
	host = cmdq_host(sh->q, &arg);
	if (host->print == NULL)
		return;
	if (!target_load(cmdq_model(sh->q), &sh->target, &tg))
		target_clear(&tg);
	host->print(arg, NULL, &tg, line);
}

static void
shell_output(struct shell *sh, struct cmdq_item *item, const char *data,
    size_t len)
{
	const char	*nl;
	char		*line;
	size_t		 n;

	while (len > 0) {
		nl = memchr(data, '\n', len);
		n = nl != NULL ? (size_t)(nl - data) : len;
		line = xstrndup(data, n);
		shell_print(sh, item, line);
		free(line);
		if (nl == NULL)
			break;
		data += n + 1;
		len -= n + 1;
	}
}

static void
run_shell_done(void *data, int status, const void *output, size_t len)
{
	struct shell		*sh = data;
	struct cmdq_item	*item = NULL;
	struct client		*c = shell_client(sh);
	const struct cmd_host	*host;
	char			*text;
	void			*arg;
	int			 code = 0;

	if (sh->item != 0)
		item = cmdq_item(sh->q, sh->item);
	shell_output(sh, item, output, len);
	if (WIFEXITED(status))
		code = WEXITSTATUS(status);
	else if (WIFSIGNALED(status))
		code = WTERMSIG(status) + 128;
	if (code != 0) {
		if (WIFSIGNALED(status))
			xasprintf(&text, "'%s' terminated by signal %d",
			    sh->command, WTERMSIG(status));
		else
			xasprintf(&text, "'%s' returned %d", sh->command, code);
		shell_print(sh, item, text);
		free(text);
	}
	host = cmdq_host(sh->q, &arg);
	if (item != NULL && c != NULL && c->session == NULL &&
	    host->set_exit != NULL)
		host->set_exit(arg, c, code);
	shell_finish(sh);
}

/* The delay is over, or there was none. */
static void
run_shell_go(void *data)
{
	struct shell	*sh = data;
	char		*cause = NULL;

	if (sh->command == NULL) {
		shell_run_commands(sh, sh->then, sh->then_list);
		shell_finish(sh);
		return;
	}
	if (shell_start(sh, run_shell_done, &cause) != 0) {
		cmdq_log(sh->q, "failed to run command: %s", cause);
		free(cause);
		shell_finish(sh);
	}
}

static char *
shell_expand(struct cmdq_item *item, struct args *args, int first)
{
	struct format	*ft = cmdq_format(item, 0, NULL);
	char		*s, key[16];
	int		 i;

	for (i = first + 1; i < args_count(args); i++) {
		snprintf(key, sizeof key, "%d", i - first);
		format_add(ft, key, "%s", args_string(args, i));
	}
	s = format_expand(ft, args_string(args, first));
	format_free(ft);
	return (s);
}

static int
run_shell_delay(struct cmdq_item *item, struct args *args, usec_t *delay)
{
	const char	*s = args_get(args, 'd');
	char		*end;
	double		 d;

	*delay = 0;
	if (s == NULL)
		return (0);
	d = strtod(s, &end);
	if (*s == '\0' || *end != '\0' || !(d >= 0) || d > 1e9) {
		cmdq_error(item, "invalid delay time: %s", s);
		return (-1);
	}
	*delay = (usec_t)(d * (double)USEC_PER_SEC);
	return (0);
}

static char *
shell_cwd(struct cmdq_item *item, const char *cflag)
{
	if (cflag != NULL)
		return (cmdq_expand(item, cflag, NULL));
	return (xstrdup(spawn_cwd(cmdq_client(item), cmdq_target(item)->s)));
}

static enum cmd_result
cmd_run_shell_exec(struct cmd *cmd, struct cmdq_item *item)
{
	struct args		*args = cmd_args(cmd);
	const struct cmd_host	*host;
	struct shell		*sh;
	bool			 wait = !args_has(args, 'b');
	usec_t			 delay;
	char			*cause = NULL;
	void			*arg;

	host = item_host(item, &arg);
	if (run_shell_delay(item, args, &delay) != 0)
		return (CMD_ERROR);
	if (!args_has(args, 'd') && args_count(args) == 0)
		return (CMD_OK);
	sh = shell_new(item, wait);
	sh->to_pane = args_has(args, 't') != 0;
	sh->with_stderr = args_has(args, 'E') != 0;
	sh->cwd = shell_cwd(item, args_get(args, 'c'));
	if (args_count(args) > 0 && args_has(args, 'C')) {
		if (args_commands(args, 0) != NULL)
			sh->then_list = cmd_list_ref(args_commands(args, 0));
		else
			sh->then = xstrdup(args_string(args, 0));
	} else if (args_count(args) > 0)
		sh->command = shell_expand(item, args, 0);

	if (args_has(args, 'd')) {
		if (host->timer == NULL) {
			shell_free(sh);
			return (CMD_OK);
		}
		host->timer(arg, delay, run_shell_go, sh);
		return (wait ? CMD_WAIT : CMD_OK);
	}
	if (sh->command == NULL) {
		enum cmd_result	 r = CMD_OK;

		/* At once: no need to wait. */
		if (!wait)
			shell_run_commands(sh, sh->then, sh->then_list);
		else if (sh->then_list != NULL)
			cmdq_insert_list(item, sh->then_list);
		else
			r = cmdq_insert_text(item, sh->then);
		shell_free(sh);
		return (r);
	}
	if (shell_start(sh, run_shell_done, &cause) != 0) {
		cmdq_error(item, "failed to run command: %s: %s", sh->command,
		    cause != NULL ? cause : "");
		free(cause);
		shell_free(sh);
		return (CMD_ERROR);
	}
	return (wait ? CMD_WAIT : CMD_OK);
}

/*** if-shell ***/

static void
if_shell_done(void *data, int status, const void *output, size_t len)
{
	struct shell	*sh = data;

	(void)output;
	(void)len;
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		shell_run_commands(sh, sh->then, sh->then_list);
	else
		shell_run_commands(sh, sh->otherwise, sh->otherwise_list);
	shell_finish(sh);
}

static void
if_shell_branch(struct args *args, int idx, char **text, struct cmd_list **list)
{
	if (idx >= args_count(args))
		return;
	if (args_commands(args, idx) != NULL)
		*list = cmd_list_ref(args_commands(args, idx));
	else
		*text = xstrdup(args_string(args, idx));
}

static enum cmd_result
cmd_if_shell_exec(struct cmd *cmd, struct cmdq_item *item)
{
	struct args	*args = cmd_args(cmd);
	struct shell	*sh;
	char		*s, *cause = NULL;
	bool		 wait = !args_has(args, 'b');
	int		 idx;

	s = cmdq_expand(item, args_string(args, 0), NULL);
	if (args_has(args, 'F')) {
		idx = format_true(s) ? 1 : 2;
		free(s);
		if (idx >= args_count(args))
			return (CMD_OK);
		if (args_commands(args, idx) != NULL) {
			cmdq_insert_list(item, args_commands(args, idx));
			return (CMD_OK);
		}
		return (cmdq_insert_text(item, args_string(args, idx)));
	}
	sh = shell_new(item, wait);
	sh->command = s;
	sh->cwd = shell_cwd(item, NULL);
	if_shell_branch(args, 1, &sh->then, &sh->then_list);
	if_shell_branch(args, 2, &sh->otherwise, &sh->otherwise_list);
	if (shell_start(sh, if_shell_done, &cause) != 0) {
		cmdq_error(item, "failed to run command: %s: %s", sh->command,
		    cause != NULL ? cause : "");
		free(cause);
		shell_free(sh);
		return (CMD_ERROR);
	}
	return (wait ? CMD_WAIT : CMD_OK);
}
