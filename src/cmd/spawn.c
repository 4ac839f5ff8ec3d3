/* SPDX-License-Identifier: ISC */

/*
 * spawn.c - new windows and panes, and new programs in old panes.
 *
 * Here is decided what runs, where and with which environment; the host only
 * makes the pty and the child.
 *
 * The environment of a child, later ones winning: the global one, the
 * session's, TERM and what describes us, -e of the command.
 */

#include "cmd/cmd-int.h"
#include "model/pane.h"
#include "term/emu.h"

/*** Environment, shell, directory. ***/

struct environ *
spawn_environ_args(const struct args *args, int flag)
{
	struct environ	*env;
	const char	*value;
	int		 i;

	if (!args_has(args, flag))
		return (NULL);
	env = environ_new();
	for (i = 0; (value = args_get_nth(args, flag, i)) != NULL; i++)
		environ_put(env, value, false);
	return (env);
}

struct environ *
spawn_environ(struct model *m, struct session *s, struct pane *p,
    const struct environ *extra)
{
	struct environ	*env = environ_new();
	char		*value;

	if (m->environ != NULL)
		environ_copy(m->environ, env);
	if (s != NULL)
		environ_copy(s->environ, env);
	environ_set(env, "TERM", false, options_string(m->server_options,
	    "default-terminal"));
	environ_set(env, "COLORTERM", false, "truecolor");
	environ_set(env, "TERM_PROGRAM", false, m->as_tmux ? "tmux" : "rmux");
	environ_set(env, "TERM_PROGRAM_VERSION", false,
	    m->version != NULL ? m->version : "");
	/*
	 * TMUX is what plug-ins look for, under either name.
	 */
	xasprintf(&value, "%s,%ld,%d", m->socket_path != NULL ?
	    m->socket_path : "", (long)m->pid, s != NULL ? (int)s->id : -1);
	environ_set(env, "TMUX", false, value);
	if (!m->as_tmux)
		environ_set(env, "RMUX", false, value);
	free(value);
	if (p != NULL) {
		xasprintf(&value, "%%%u", p->id);
		environ_set(env, "TMUX_PANE", false, value);
		free(value);
	} else
		environ_unset(env, "TMUX_PANE");
	if (extra != NULL)
		environ_copy(extra, env);
	return (env);
}

const char *
spawn_shell(struct cmdq_item *item, struct session *s)
{
	struct model		*m = item_model(item);
	const struct cmd_host	*host;
	const char		*shell;
	void			*arg;

	shell = options_string(s != NULL ? s->options : m->session_options,
	    "default-shell");
	host = item_host(item, &arg);
	if (*shell != '/' || (host->shell_ok != NULL &&
	    !host->shell_ok(arg, shell)))
		return ("/bin/sh");
	return (shell);
}

const char *
spawn_cwd(struct client *c, struct session *s)
{
	const struct environ_entry	*e;

	/* A client on the command line brings its own. */
	if (c != NULL && c->session == NULL && c->cwd != NULL && *c->cwd != '\0')
		return (c->cwd);
	if (s != NULL && s->cwd != NULL && *s->cwd != '\0')
		return (s->cwd);
	if (c != NULL && c->cwd != NULL && *c->cwd != '\0')
		return (c->cwd);
	if (c != NULL && c->environ != NULL &&
	    (e = environ_find(c->environ, "HOME")) != NULL && e->value != NULL)
		return (e->value);
	return ("/");
}

/* The directory: -c expanded, made absolute. */
static char *
spawn_directory(struct spawn *sp)
{
	struct client	*c = cmdq_client(sp->item);
	const char	*base = spawn_cwd(c, sp->s);
	struct target	 tg;
	char		*s, *out;

	if (sp->cwd == NULL && sp->directory != NULL)
		return (xstrdup(sp->directory));
	if (sp->cwd == NULL) {
		if ((sp->flags & SPAWN_RESPAWN) && sp->p != NULL &&
		    *sp->p->cwd != '\0')
			return (xstrdup(sp->p->cwd));
		return (xstrdup(base));
	}
	tg = *cmdq_target(sp->item);
	if (!target_valid(&tg))
		s = format_single(item_model(sp->item), sp->cwd, c, sp->s,
		    sp->s->current, NULL);
	else
		s = cmdq_expand(sp->item, sp->cwd, &tg);
	if (*s == '/')
		return (s);
	if (*s == '\0') {
		free(s);
		return (xstrdup(base));
	}
	xasprintf(&out, "%s%s%s", base, strcmp(base, "/") == 0 ? "" : "/", s);
	free(s);
	return (out);
}

/*** Programs. ***/

static void
pane_set_command(struct pane *p, int argc, char *const *argv, const char *shell,
    const char *cwd)
{
	int	i;

	for (i = 0; i < p->argc; i++)
		free(p->argv[i]);
	free(p->argv);
	p->argc = argc;
	p->argv = xcalloc((size_t)argc + 1, sizeof *p->argv);
	for (i = 0; i < argc; i++)
		p->argv[i] = xstrdup(argv[i]);
	if (p->shell != shell) {
		free(p->shell);
		p->shell = xstrdup(shell);
	}
	if (p->cwd != cwd) {
		free(p->cwd);
		p->cwd = xstrdup(cwd);
	}
}

/* Start what the pane is to run. */
static int
spawn_start(struct spawn *sp, struct pane *p, char **cause)
{
	struct model		*m = item_model(sp->item);
	const struct cmd_host	*host;
	struct cmd_spawn	 cs = { .pane = p };
	const char		*command;
	char			*cwd = spawn_directory(sp), *one[1];
	struct environ		*env;
	void			*arg;
	int			 r = 0;

	host = item_host(sp->item, &arg);
	/* As given; else as before; else the option; else a login shell. */
	if (sp->argc > 0 || !(sp->flags & SPAWN_RESPAWN))
		pane_set_command(p, sp->argc, sp->argv,
		    spawn_shell(sp->item, sp->s), cwd);
	else {
		free(p->cwd);
		p->cwd = xstrdup(cwd);
	}
	free(cwd);
	cs.argc = p->argc;
	cs.argv = p->argv;
	command = options_string(sp->s->options, "default-command");
	if (cs.argc == 0 && *command != '\0') {
		one[0] = xstrdup(command);
		cs.argc = 1;
		cs.argv = one;
	} else
		one[0] = NULL;
	/* An empty command: a pane without a program. */
	if (p->argc == 1 && *p->argv[0] == '\0')
		sp->flags |= SPAWN_EMPTY;
	cs.shell = p->shell;
	cs.cwd = p->cwd;
	cs.respawn = (sp->flags & SPAWN_RESPAWN) != 0;
	p->flags &= ~(unsigned)(PANE_DEAD | PANE_STATUS_READY | PANE_EXITED |
	    PANE_EMPTY);
	env = spawn_environ(m, sp->s, p, sp->environ);
	environ_set(env, "SHELL", false, cs.shell);
	environ_set(env, "PWD", false, cs.cwd);
	cs.environ = env;
	if (sp->flags & SPAWN_EMPTY) {
		p->flags |= PANE_EMPTY;
		cs.input = true;
	}
	if (host->pane_spawn != NULL)
		r = host->pane_spawn(arg, &cs, cause);
	environ_free(env);
	free(one[0]);
	return (r);
}

/* Bring a pane that had a program back to its beginning. */
static int
spawn_respawn(struct spawn *sp, char **cause)
{
	struct pane	*p = sp->p;
	struct winlink	*wl = sp->wl;

	if (!(p->flags & (PANE_DEAD | PANE_EMPTY | PANE_EXITED)) &&
	    p->pid > 0 && !(sp->flags & SPAWN_KILL)) {
		xasprintf(cause, "pane %s:%d.%d still active", sp->s->name,
		    wl->index, window_index_of(p->window, p));
		return (-1);
	}
	host_call(sp->item, mode_leave, p, true);
	host_call(sp->item, pane_kill, p);
	emu_reset(p->emu);
	emu_clear_history(p->emu);
	p->flags &= ~(unsigned)PANE_INPUT_OFF;
	return (spawn_start(sp, p, cause));
}

struct pane *
spawn_pane(struct spawn *sp, char **cause)
{
	struct window	*w;
	struct pane	*p;

	if (sp->flags & SPAWN_RESPAWN)
		return (spawn_respawn(sp, cause) == 0 ? sp->p : NULL);

	w = sp->wl->window;
	if (sp->cell != NULL) {
		/* Beside sp->p, in the cell made for it. */
		p = window_add_pane(w, (sp->flags & SPAWN_FULL) ? NULL : sp->p,
		    args_has(cmd_args(cmdq_cmd(sp->item)), 'b') != 0);
		layout_assign(sp->cell, p);
	} else {
		p = window_add_pane(w, NULL, false);
		w->layout = layout_new(w, p);
		layout_fix(w);
	}
	if (spawn_start(sp, p, cause) != 0) {
		window_remove_pane(w, p);
		return (NULL);
	}
	if (sp->cell != NULL && !(sp->flags & SPAWN_DETACHED))
		window_set_active(w, p);
	return (p);
}

/* A name until something better is known: the word of the command. */
static char *
spawn_window_name(struct spawn *sp)
{
	const char	*s, *base;
	size_t		 len;

	if (sp->argc > 0)
		s = sp->argv[0];
	else {
		s = options_string(sp->s->options, "default-command");
		if (*s == '\0')
			s = spawn_shell(sp->item, sp->s);
	}
	if (str_starts(s, "exec "))
		s += strlen("exec ");
	while (*s == ' ' || *s == '(')
		s++;
	len = strcspn(s, " \t;");
	for (base = s; (size_t)(base - s) < len; base++) {
		if (*base == '/' && base[1] != '\0' && base[1] != ' ') {
			len -= (size_t)(base + 1 - s);
			s = base + 1;
			base = s;
		}
	}
	return (xstrndup(s, len));
}

static struct winlink *
spawn_respawn_window(struct spawn *sp, char **cause)
{
	struct window	*w = sp->wl->window;
	struct pane	*p, *next, *first;

	if (!(sp->flags & SPAWN_KILL)) {
		TAILQ_FOREACH(p, &w->panes, entry) {
			if (p->flags & (PANE_DEAD | PANE_EMPTY | PANE_EXITED))
				continue;
			if (p->pid <= 0)
				continue;
			xasprintf(cause, "window %s:%d still active",
			    sp->s->name, sp->wl->index);
			return (NULL);
		}
	}
	window_unzoom(w);
	first = TAILQ_FIRST(&w->panes);
	for (p = TAILQ_NEXT(first, entry); p != NULL; p = next) {
		next = TAILQ_NEXT(p, entry);
		window_remove_pane(w, p);
	}
	window_set_active(w, first);
	sp->p = first;
	sp->flags |= SPAWN_KILL;
	if (spawn_respawn(sp, cause) != 0)
		return (NULL);
	return (sp->wl);
}

/* As large as it will be shown, so that the program need not adapt at once. */
static void
spawn_size(struct spawn *sp, int *cols, int *rows)
{
	struct client	*c = sp->client;

	if (c != NULL && c->session != NULL)
		c = c->session == sp->s ? c : NULL;
	window_default_size(sp->s, c, cols, rows);
	if (c != NULL && c->session == NULL && c->rows == *rows &&
	    !(c->flags & CLIENT_CONTROL))
		*rows -= (int)options_number(sp->s->options, "status");
	if (*rows < 1)
		*rows = 1;
}

struct winlink *
spawn_window(struct spawn *sp, char **cause)
{
	struct model	*m = item_model(sp->item);
	struct session	*s = sp->s;
	struct window	*w;
	struct winlink	*wl, *old = NULL;
	char		*name;
	int		 cols, rows;
	bool		 was_current = false;

	if (sp->flags & SPAWN_RESPAWN)
		return (spawn_respawn_window(sp, cause));

	if (sp->index != -1 && (old = session_winlink(s, sp->index)) != NULL) {
		if (!(sp->flags & SPAWN_KILL)) {
			xasprintf(cause, "index %d in use", sp->index);
			return (NULL);
		}
		was_current = s->current == old;
	}
	spawn_size(sp, &cols, &rows);
	w = window_new(m, cols, rows);
	/* What is in the way goes when the new one is safely in place. */
	if (old != NULL && session_count(s) == 1) {
		int	at = session_free_index(s, sp->index + 1);

		wl = session_attach(s, w, at, cause);
		if (wl != NULL) {
			session_set_current(s, wl);
			session_detach(s, old);
			wl->index = sp->index;
		}
	} else {
		if (old != NULL)
			session_detach(s, old);
		wl = session_attach(s, w, sp->index, cause);
	}
	if (wl == NULL) {
		window_destroy(w);
		return (NULL);
	}
	if (sp->name != NULL) {
		name = cmdq_expand(sp->item, sp->name, NULL);
		window_set_name(w, name);
		options_set_number(w->options, "automatic-rename", 0);
	} else {
		name = spawn_window_name(sp);
		window_set_name(w, name);
	}
	free(name);
	sp->wl = wl;
	if (spawn_pane(sp, cause) == NULL) {
		/* The window went with its only pane. */
		return (NULL);
	}
	if (!(sp->flags & SPAWN_DETACHED) || s->current == NULL || was_current)
		session_set_current(s, wl);
	window_recalculate(w);
	return (wl);
}
