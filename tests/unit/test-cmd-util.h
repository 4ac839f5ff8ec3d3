/* SPDX-License-Identifier: ISC */

/*
 * A small world for tests of commands: a model and a host that remembers what
 * it was asked.  What a client would read is in `out` and `err`, lines ended
 * by "\n"; what the host was asked to do is in `did`, a word or two each with
 * ";" behind.  Things that take time are kept and done by the test.
 */

#ifndef TEST_CMD_UTIL_H
#define TEST_CMD_UTIL_H

#include <errno.h>
#include <stdarg.h>

#include "base/str.h"
#include "base/xmalloc.h"
#include "cmd/args.h"
#include "cmd/config.h"
#include "cmd/host.h"
#include "model/format.h"
#include "model/key-table.h"
#include "model/layout.h"
#include "model/option.h"
#include "model/paste.h"
#include "tap.h"
#include "term/emu.h"

#define WORLD_TEXT	65536

struct world {
	struct model	*m;
	struct cmdq	*q;
	struct client	*cli;		/* on the command line */
	struct client	*att;		/* attached, made by world_attach */
	char		 out[WORLD_TEXT], err[WORLD_TEXT], did[WORLD_TEXT];
	int		 status;
	struct cmd_job	 job;		/* the last one started */
	char		*job_command;
	struct cmd_prompt prompt;
	uint64_t	 waits;		/* item of the last menu or popup */
	void		(*timer)(void *);
	void		*timer_arg;
	/* Files by name for file_read, file_load and glob. */
	const char	*file_name[8], *file_data[8];
	int		 nfiles;
	cmd_file_done	 read_done;
	void		*read_arg;
	char		 read_path[256];
	bool		 refuse_spawn;
};

static void __attribute__((format(printf, 2, 3)))
world_add(char *to, const char *fmt, ...)
{
	size_t	len = strlen(to);
	va_list	ap;

	va_start(ap, fmt);
	vsnprintf(to + len, WORLD_TEXT - len, fmt, ap);
	va_end(ap);
}

static inline void
host_print(void *arg, struct client *c, const struct target *tg,
    const char *line)
{
	struct world	*w = arg;

	(void)c;
	(void)tg;
	world_add(w->out, "%s\n", line);
}

static inline void
host_print_data(void *arg, struct client *c, const void *data, size_t len)
{
	struct world	*w = arg;

	(void)c;
	world_add(w->out, "%.*s", (int)len, (const char *)data);
}

static inline void
host_error(void *arg, struct client *c, const char *text)
{
	struct world	*w = arg;

	(void)c;
	world_add(w->err, "%s\n", text);
	w->status = 1;
}

static inline void
host_set_exit(void *arg, struct client *c, int status)
{
	struct world	*w = arg;

	(void)c;
	w->status = status;
}

static inline void
host_message(void *arg, struct client *c, const char *text, long delay,
    bool ignore_keys, bool ignore_styles)
{
	struct world	*w = arg;

	(void)c;
	(void)ignore_keys;
	(void)ignore_styles;
	world_add(w->did, "message %s %ld;", text, delay);
}

static inline void
host_config_done(void *arg, char *const *causes, size_t n)
{
	struct world	*w = arg;
	size_t		 i;

	world_add(w->did, "config;");
	for (i = 0; i < n; i++)
		world_add(w->err, "%s\n", causes[i]);
}

static inline int
host_spawn(void *arg, const struct cmd_spawn *cs, char **cause)
{
	struct world			*w = arg;
	const struct environ_entry	*e;
	int				 i;

	if (w->refuse_spawn) {
		*cause = xstrdup("fork failed");
		return (-1);
	}
	world_add(w->did, "%s%%%u", cs->respawn ? "respawn " : "spawn ",
	    cs->pane->id);
	for (i = 0; i < cs->argc; i++)
		world_add(w->did, " %s", cs->argv[i]);
	world_add(w->did, " in %s", cs->cwd);
	e = environ_find(cs->environ, "TMUX_PANE");
	world_add(w->did, " as %s", e != NULL ? e->value : "?");
	if ((e = environ_find(cs->environ, "EXTRA")) != NULL)
		world_add(w->did, " with %s", e->value);
	if (cs->input)
		world_add(w->did, " empty");
	world_add(w->did, ";");
	cs->pane->pid = 1000 + (pid_t)cs->pane->id;
	snprintf(cs->pane->tty, sizeof cs->pane->tty, "/dev/pts/%u",
	    100 + cs->pane->id);
	return (0);
}

static inline void
host_kill(void *arg, struct pane *p)
{
	struct world	*w = arg;

	world_add(w->did, "kill %%%u;", p->id);
}

static inline void
host_write(void *arg, struct pane *p, const void *data, size_t len)
{
	struct world	*w = arg;
	char		*vis = str_vis(data, len);

	world_add(w->did, "write %%%u %s;", p->id, vis);
	free(vis);
}

static inline void
host_key(void *arg, struct pane *p, struct client *c,
    const struct key_event *ev)
{
	struct world	*w = arg;
	char		 buf[64];

	(void)c;
	world_add(w->did, "key %%%u %s;", p->id,
	    key_name(ev->code, buf, sizeof buf));
}

static inline int
host_job(void *arg, const struct cmd_job *job, char **cause)
{
	struct world	*w = arg;

	(void)cause;
	w->job = *job;
	free(w->job_command);
	w->job_command = xstrdup(job->command);
	world_add(w->did, "job %s in %s;", job->command, job->cwd);
	return (0);
}

static inline void
host_timer(void *arg, usec_t after, void (*done)(void *), void *done_arg)
{
	struct world	*w = arg;

	world_add(w->did, "timer %llu;", (unsigned long long)after);
	w->timer = done;
	w->timer_arg = done_arg;
}

static inline void
host_file_read(void *arg, struct client *c, const char *path,
    cmd_file_done done, void *done_arg)
{
	struct world	*w = arg;

	(void)c;
	snprintf(w->read_path, sizeof w->read_path, "%s", path);
	w->read_done = done;
	w->read_arg = done_arg;
}

static inline void
host_file_write(void *arg, struct client *c, const char *path, bool append,
    const void *data, size_t len, cmd_file_done done, void *done_arg)
{
	struct world	*w = arg;

	(void)c;
	world_add(w->did, "write %s%s %.*s;", append ? "+" : "", path, (int)len,
	    (const char *)data);
	w->read_path[0] = '\0';
	w->read_done = done;
	w->read_arg = done_arg;
}

static inline int
host_find_file(struct world *w, const char *path)
{
	int	i;

	for (i = 0; i < w->nfiles; i++) {
		if (strcmp(w->file_name[i], path) == 0)
			return (i);
	}
	return (-1);
}

static inline int
host_glob(void *arg, const char *pattern, void (*found)(void *, const char *),
    void *found_arg)
{
	if (host_find_file(arg, pattern) == -1)
		return (ENOENT);
	found(found_arg, pattern);
	return (0);
}

static inline char *
host_file_load(void *arg, const char *path, size_t max, size_t *len)
{
	struct world	*w = arg;
	int		 i = host_find_file(w, path);

	(void)max;
	if (i == -1) {
		errno = ENOENT;
		return (NULL);
	}
	*len = strlen(w->file_data[i]);
	return (xstrdup(w->file_data[i]));
}

static inline const char *
host_home(void *arg, const char *user)
{
	(void)arg;
	return (strcmp(user, "") == 0 ? "/home/me" :
	    strcmp(user, "you") == 0 ? "/home/you" : NULL);
}

static inline int
host_open(void *arg, struct client *c, char **cause)
{
	(void)arg;
	if (*c->tty == '\0') {
		*cause = xstrdup("not a terminal");
		return (-1);
	}
	return (0);
}

static inline void
host_attach(void *arg, struct client *c)
{
	struct world	*w = arg;

	c->flags |= CLIENT_ATTACHED;
	world_add(w->did, "attach %s to %s;", c->name, c->session->name);
}

static inline void
host_detach(void *arg, struct client *c, enum detach_kind kind,
    const char *command)
{
	struct world	*w = arg;

	world_add(w->did, "detach %s %d %s;", c->name, kind,
	    command != NULL ? command : "");
}

static inline void
host_refresh(void *arg, struct client *c, bool status)
{
	struct world	*w = arg;

	world_add(w->did, "refresh %s%s;", c->name, status ? " status" : "");
}

static inline void
host_prompt(void *arg, struct client *c, const struct cmd_prompt *pr)
{
	struct world	*w = arg;

	(void)c;
	world_add(w->did, "prompt [%s] [%s];", pr->prompt, pr->initial);
	w->prompt = *pr;
}

static inline int
host_mode_enter(void *arg, struct pane *p, const struct cmd_mode *md,
    char **cause)
{
	struct world	*w = arg;
	const char	*filter = args_get(md->args, 'f');

	(void)cause;
	world_add(w->did, "mode %s %%%u%s%s;", md->name, p->id,
	    filter != NULL ? " " : "", filter != NULL ? filter : "");
	return (0);
}

static inline int
host_menu(void *arg, struct client *c, const struct cmd_menu *cm)
{
	struct world	*w = arg;
	int		 i;

	(void)c;
	w->waits = cm->item;
	world_add(w->did, "menu %s at %d,%d %dx%d", cm->title, cm->x, cm->y,
	    cm->w, cm->h);
	for (i = 0; i < cm->count; i++)
		world_add(w->did, " [%s]", cm->items[i].name != NULL ?
		    cm->items[i].name : "");
	world_add(w->did, ";");
	return (0);
}

static inline int
host_popup(void *arg, struct client *c, const struct cmd_popup *cp, char **cause)
{
	struct world	*w = arg;

	(void)c;
	(void)cause;
	w->waits = cp->item;
	world_add(w->did, "popup %s at %d,%d %dx%d %s in %s flags %u;",
	    cp->title, cp->x, cp->y, cp->w, cp->h,
	    cp->argc > 0 ? cp->argv[0] : "", cp->cwd, cp->flags);
	return (0);
}

static inline void
host_exit_server(void *arg)
{
	struct world	*w = arg;

	world_add(w->did, "exit;");
}

static inline int
host_pipe(void *arg, struct pane *p, const char *command, bool in, bool out,
    char **cause)
{
	struct world	*w = arg;

	(void)cause;
	world_add(w->did, "pipe %%%u %s %d%d;", p->id,
	    command != NULL ? command : "-", in, out);
	return (0);
}

static inline void
host_guard(void *arg, struct client *c, enum control_guard guard,
    unsigned number, bool from_input)
{
	static const char *const names[] = { "%begin", "%end", "%error" };
	struct world	*w = arg;

	(void)c;
	world_add(w->out, "%s %u %d\n", names[guard], number, from_input);
}

static const struct cmd_host world_host = {
	.print = host_print, .print_data = host_print_data,
	.error = host_error, .set_exit = host_set_exit, .guard = host_guard,
	.message = host_message, .config_done = host_config_done,
	.pane_spawn = host_spawn, .pane_kill = host_kill,
	.pane_write = host_write, .pane_key = host_key, .pane_pipe = host_pipe,
	.job_run = host_job, .timer = host_timer, .file_read = host_file_read,
	.file_write = host_file_write, .glob = host_glob,
	.file_load = host_file_load, .user_home = host_home,
	.client_open = host_open, .client_attach = host_attach,
	.client_detach = host_detach, .client_refresh = host_refresh,
	.prompt = host_prompt, .menu = host_menu, .popup = host_popup,
	.mode_enter = host_mode_enter, .exit_server = host_exit_server,
};

static inline void
world_notify(void *arg, const char *name, struct client *c, struct session *s,
    struct window *w, struct pane *p)
{
	struct world	*world = arg;

	if (world->q != NULL)
		cmdq_notify(world->q, name, c, s, w, p);
}

static const struct model_ops world_ops = { .notify = world_notify };

static inline struct client *
world_client(struct world *w, const char *name, const char *tty)
{
	struct client	*c = client_new(w->m);

	free(c->name);
	c->name = xstrdup(name);
	free(c->tty);
	c->tty = xstrdup(tty);
	free(c->cwd);
	c->cwd = xstrdup("/tmp");
	return (c);
}

static inline struct world *
world_new(void)
{
	struct world	*w = xcalloc(1, sizeof *w);

	w->m = model_new(&world_ops, w);
	w->m->now_us = 1000;
	w->m->wall = 1000000000;
	environ_set(w->m->environ, "HOME", false, "/home/me");
	w->q = cmdq_new(w->m, &world_host, w);
	w->cli = world_client(w, "cli", "");
	return (w);
}

static inline void
world_free(struct world *w)
{
	struct client	*c;

	cmdq_free(w->q);
	w->q = NULL;
	while ((c = TAILQ_FIRST(&w->m->clients)) != NULL)
		client_free(c);
	model_free(w->m);
	free(w->job_command);
	free(w);
}

/* Files that were asked for are there at once. */
static inline void
world_run(struct world *w)
{
	int	i, guard = 0;
	void	(*done)(void *, int, const void *, size_t);

	do {
		while (cmdq_run(w->q) && guard++ < 100)
			;
		if ((done = w->read_done) != NULL) {
			w->read_done = NULL;
			i = host_find_file(w, w->read_path);
			if (w->read_path[0] == '\0')
				done(w->read_arg, 0, NULL, 0);
			else if (i == -1)
				done(w->read_arg, ENOENT, NULL, 0);
			else
				done(w->read_arg, 0, w->file_data[i],
				    strlen(w->file_data[i]));
			continue;
		}
	} while (done != NULL && guard++ < 100);
	model_reap(w->m);
}

static inline void
world_clear(struct world *w)
{
	w->out[0] = w->err[0] = w->did[0] = '\0';
	w->status = 0;
}

/* Run command text for a client; its output is in the world. */
static inline void
world_text(struct world *w, struct client *c, const char *text)
{
	world_clear(w);
	w->m->now_us++;
	cmdq_append_text(w->q, c, text, NULL, NULL, 0);
	world_run(w);
}

static inline void
world_cmd(struct world *w, const char *text)
{
	world_text(w, w->cli, text);
}

/* An attached client of a session. */
static inline void
world_attach(struct world *w, const char *session)
{
	char	text[256];

	w->att = world_client(w, "att", "/dev/pts/7");
	w->att->cols = 80;
	w->att->rows = 24;
	snprintf(text, sizeof text, "attach-session -t %s", session);
	world_text(w, w->att, text);
	world_clear(w);
}

static inline void
world_file(struct world *w, const char *name, const char *data)
{
	w->file_name[w->nfiles] = name;
	w->file_data[w->nfiles++] = data;
}

#endif
