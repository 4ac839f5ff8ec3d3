/* SPDX-License-Identifier: ISC */

/*
 * server.c - the loop, the turn, start and end.
 *
 * One turn, in this order, each step seeing the results of those before:
 *   1. commands that are ready (cmdq_run), with what they insert
 *   2. panes that had output: events of their emulators, deaths
 *   3. echoes that are to be judged, key tables that time out
 *   4. sizes, sessions without windows, clients without a session
 *   5. names that follow the program
 *   6. each client: its view is settled, what is due is sent
 *   7. the dead are freed; the timer is set to the earliest deadline
 */

#include <sys/stat.h>
#include <sys/wait.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/str.h"
#include "base/xmalloc.h"
#include "cmd/config.h"
#include "model/environ.h"
#include "model/key-table.h"
#include "model/option.h"
#include "model/paste.h"
#include "os/clock.h"
#include "os/daemon.h"
#include "os/limits.h"
#include "os/proc.h"
#include "os/random.h"
#include "os/sock.h"
#include "os/user.h"
#include "server/alerts.h"
#include "server/dispatch.h"
#include "server/history.h"
#include "server/host.h"
#include "server/job.h"
#include "server/listen.h"
#include "server/modes.h"
#include "server/pane-echo.h"
#include "server/pane-io.h"
#include "server/peer.h"
#include "server/server.h"

#define SYSTEM_CONFIG	"/etc/rmux.conf"
#define TURN_COMMANDS	20		/* rounds of cmdq_run in one turn */
#define NAMES_INTERVAL	(500 * USEC_PER_MSEC)
#define NAMES_FIRST	(100 * USEC_PER_MSEC)
#define NAMES_LATER	(2 * USEC_PER_SEC)
#define EXIT_WAIT	(3 * USEC_PER_SEC)
#define START_WAIT_MS	10000

extern char	**environ;

usec_t
server_now(struct server *s)
{
	s->now = os_clock();
	s->model->now_us = s->now;
	s->model->wall = (time_t)(os_time_us() / USEC_PER_SEC);
	return (s->now);
}

void
server_wake(struct server *s)
{
	s->turn_needed = true;
}

/*** Panes ***/

static void
pane_death_notice(struct server *s, struct pane *p)
{
	const char	*text = options_string(p->options, "remain-on-exit-format");
	struct winlink	*wl = TAILQ_FIRST(&p->window->links);
	char		*expanded, move[32];

	if (text == NULL || *text == '\0')
		return;
	expanded = format_single(s->model, text, NULL, wl != NULL ? wl->session : NULL, wl, p);
	snprintf(move, sizeof move, "\033[m\033[r\033[%d;1H\n", p->rows);
	emu_feed(p->emu, (const uint8_t *)move, strlen(move));
	emu_feed(p->emu, (const uint8_t *)expanded, strlen(expanded));
	emu_feed(p->emu, (const uint8_t *)"\033[?25l", 6);
	buf_clear(emu_replies(p->emu));
	free(expanded);
	s->screen_version++;
}

static void
pane_died(struct server *s, struct pane *p)
{
	enum { REMAIN_OFF, REMAIN_ON, REMAIN_FAILED, REMAIN_KEY };
	int	remain = (int)options_number(p->options, "remain-on-exit");
	bool	failed = !WIFEXITED(p->status) || WEXITSTATUS(p->status) != 0;

	if (remain == REMAIN_ON || remain == REMAIN_KEY || (remain == REMAIN_FAILED && failed)) {
		if (p->flags & PANE_DEAD)
			return;
		p->flags |= PANE_DEAD;
		pane_io_close(p);
		pane_death_notice(s, p);
		model_notify(s->model, "pane-died", NULL, NULL, p->window, p);
		model_touch(s->model);
		return;
	}
	model_notify(s->model, "pane-exited", NULL, NULL, p->window, p);
	pane_io_close(p);
	window_remove_pane(p->window, p);
	model_touch(s->model);
}

static void
pane_changed(struct server *s, struct pane *p)
{
	struct emu_event	ev;

	if (p->dead)
		return;
	while (emu_next_event(p->emu, &ev))
		alerts_event(s, p, &ev);
	alerts_output(s, p);
	if (s->names_at > s->names_until)
		s->names_at = s->now + NAMES_FIRST;
	s->names_until = s->now + NAMES_LATER;
	if ((p->flags & (PANE_EXITED | PANE_STATUS_READY)) == (PANE_EXITED | PANE_STATUS_READY) &&
	    !(p->flags & PANE_DEAD))
		pane_died(s, p);
}

/*** Sessions and clients ***/

/* The choices of detach-on-destroy and destroy-unattached. */
enum { DETACH_OFF, DETACH_ON, DETACH_NO_DETACHED, DETACH_PREVIOUS, DETACH_NEXT };
enum { DESTROY_OFF, DESTROY_ON, DESTROY_KEEP_LAST, DESTROY_KEEP_GROUP };

/* The session used last; of those without clients if detached. */
static struct session *
newest_session(struct server *s, bool detached)
{
	struct session	*se, *best = NULL;

	TAILQ_FOREACH(se, &s->model->sessions, entry) {
		if (detached && se->attached != 0)
			continue;
		if (best == NULL || se->activity_us > best->activity_us)
			best = se;
	}
	return (best);
}

/* The session before or after this name, in the order of names, round the ends. */
static struct session *
neighbour_session(struct server *s, const char *name, bool next)
{
	struct session	*se, *best = NULL, *end = NULL;
	int		 sign = next ? 1 : -1;

	TAILQ_FOREACH(se, &s->model->sessions, entry) {
		if (end == NULL || sign * strcmp(se->name, end->name) < 0)
			end = se;
		if (sign * strcmp(se->name, name) > 0 &&
		    (best == NULL || sign * strcmp(se->name, best->name) < 0))
			best = se;
	}
	return (best != NULL ? best : end);
}

/* A client whose session is gone goes to another one, or leaves. */
static void
client_lost_session(struct server *s, struct peer *p, struct client *c)
{
	struct session	*se = NULL, *old = c->session;	/* dead, but not yet reaped */
	long long	 how;

	how = options_number(old != NULL ? old->options : s->model->session_options,
	    "detach-on-destroy");
	if (c->flags & CLIENT_NO_DETACH_ON_DESTROY)
		how = DETACH_OFF;
	if (s->exiting)
		how = DETACH_ON;
	if (how == DETACH_OFF || how == DETACH_NO_DETACHED)
		se = newest_session(s, how == DETACH_NO_DETACHED);
	else if (how == DETACH_PREVIOUS || how == DETACH_NEXT)
		se = neighbour_session(s, old != NULL ? old->name : "", how == DETACH_NEXT);
	if (se == NULL) {
		peer_exit(p, TALK_EXIT_EXITED, 0, NULL);
		return;
	}
	client_set_session(c, se);
	peer_redraw(p);
}

/* Does destroy-unattached end this session, which has no clients any more? */
static bool
unattached_ends(struct session *se)
{
	bool	alone = se->group == NULL ||
		    TAILQ_NEXT(TAILQ_FIRST(&se->group->members), gentry) == NULL;

	switch (options_number(se->options, "destroy-unattached")) {
	case DESTROY_ON:
		return (true);
	case DESTROY_KEEP_LAST:
		return (!alone);
	case DESTROY_KEEP_GROUP:
		return (se->group == NULL || !alone);
	default:
		return (false);
	}
}

/* lock-after-time: the clients of sessions that nobody uses.  When to look again. */
static usec_t
check_locks(struct server *s)
{
	struct session	*se;
	struct client	*c;
	long long	 after;
	usec_t		 at, best = USEC_NEVER;

	TAILQ_FOREACH(se, &s->model->sessions, entry) {
		after = options_number(se->options, "lock-after-time");
		if (after <= 0 || se->attached == 0 || se->locked_us == se->activity_us)
			continue;
		at = se->activity_us + (usec_t)after * USEC_PER_SEC;
		if (s->now < at) {
			if (at < best)
				best = at;
			continue;
		}
		se->locked_us = se->activity_us;
		TAILQ_FOREACH(c, &s->model->clients, entry) {
			if (c->session == se && (c->flags & CLIENT_ATTACHED))
				server_host.client_lock(s, c);
		}
	}
	return (best);
}

static void
check_sessions(struct server *s)
{
	struct session	*se, *next;
	struct peer	*p;
	struct client	*c;

	TAILQ_FOREACH_SAFE(se, &s->model->sessions, entry, next) {
		if (TAILQ_EMPTY(&se->windows))
			session_destroy(se);
		else if (se->attached == 0 && se->last_attached != 0 && unattached_ends(se))
			session_destroy(se);
	}
	TAILQ_FOREACH(c, &s->model->clients, entry) {
		if (!(c->flags & CLIENT_ATTACHED) || (p = peer_of(c)) == NULL || peer_exiting(p))
			continue;
		if (c->session == NULL || c->session->dead)
			client_lost_session(s, p, c);
	}
	if (s->exiting)
		return;
	if (s->had_session && options_number(s->model->server_options, "exit-empty") &&
	    (TAILQ_EMPTY(&s->model->sessions) || (TAILQ_EMPTY(&s->peers) &&
	    options_number(s->model->server_options, "exit-unattached"))))
		server_stop(s, NULL);
}

/*
 * What runs in a pane changes without a word; it is asked for while there is output, and for
 * NAMES_LATER after it.
 */
static usec_t
check_names(struct server *s)
{
	struct window	*w;
	char		*name;
	size_t		 at = 0;
	void		*v;

	if (s->names_at > s->names_until)
		return (USEC_NEVER);
	if (s->now < s->names_at)
		return (s->names_at);
	s->names_at = s->now + NAMES_INTERVAL;
	while (map_u32_next(&s->model->window_by_id, &at, NULL, &v)) {
		w = v;
		if (w->active == NULL || !options_number(w->options, "automatic-rename"))
			continue;
		if (w->name_checked_us != 0 &&
		    s->now > w->activity_us + NAMES_LATER + NAMES_INTERVAL)
			continue;
		w->name_checked_us = s->now;
		name = window_auto_name(w);
		if (name != NULL && *name != '\0' &&
		    (w->name == NULL || strcmp(name, w->name) != 0)) {
			window_set_name(w, name);
			model_touch(s->model);
		}
		free(name);
	}
	return (s->names_at > s->names_until ? USEC_NEVER : s->names_at);
}

/*** The turn ***/

static usec_t
server_turn(struct server *s)
{
	struct peer	*p, *next;
	struct client	*c;
	usec_t		 best = USEC_NEVER, t;
	int		 i;

	server_now(s);
	s->turn_needed = false;
	for (i = 0; i < TURN_COMMANDS && cmdq_run(s->cmdq); i++)
		;
	if (i == TURN_COMMANDS)
		s->turn_needed = true;
	pane_io_changed(s, pane_changed);
	best = pane_echo_tick(s);
	modes_tick(s);
	if ((t = modes_deadline(s)) < best)
		best = t;
	TAILQ_FOREACH(c, &s->model->clients, entry) {
		if (c->session != NULL && (t = dispatch_tick(s, c)) < best)
			best = t;
	}
	check_sessions(s);
	if ((t = check_names(s)) < best)
		best = t;
	if ((t = check_locks(s)) < best)
		best = t;
	dispatch_focus(s);
	if ((t = alerts_tick(s)) < best)
		best = t;
	for (p = TAILQ_FIRST(&s->peers); p != NULL; p = peer_next(p))
		peer_turn(p);
	listen_flush(s);
	for (p = TAILQ_FIRST(&s->peers); p != NULL; p = next) {
		next = peer_next(p);
		if (peer_reap(p))
			continue;
		if ((t = peer_deadline(p)) < best)
			best = t;
	}
	model_reap(s->model);
	if (s->exiting) {
		if (TAILQ_EMPTY(&s->peers) || s->now >= s->exit_at)
			event_base_loopbreak(s->base);
		else if (s->exit_at < best)
			best = s->exit_at;
	}
	return (best);
}

static void
turn_timer(int fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	server_wake(arg);
}

static void
server_loop(struct server *s)
{
	struct timeval	tv;
	usec_t		at, wait;
	int		rounds;

	while (!event_base_got_break(s->base)) {
		rounds = 0;
		do
			at = server_turn(s);
		while (s->turn_needed && ++rounds < 4 && !event_base_got_break(s->base));
		if (event_base_got_break(s->base))
			break;
		if (s->turn_needed) {
			event_base_loop(s->base, EVLOOP_NONBLOCK);
			continue;
		}
		if (at != USEC_NEVER) {
			wait = at > s->now ? at - s->now : 0;
			tv.tv_sec = (time_t)(wait / USEC_PER_SEC);
			tv.tv_usec = (suseconds_t)(wait % USEC_PER_SEC);
			event_add(s->turn_timer, &tv);
		} else
			event_del(s->turn_timer);
		event_base_loop(s->base, EVLOOP_ONCE);
	}
}

/*** Signals ***/

static void
on_signal(int sig, short what, void *arg)
{
	struct server	*s = arg;
	pid_t		 pid;
	int		 status;

	(void)what;
	server_now(s);
	switch (sig) {
	case SIGCHLD:
		while ((pid = waitpid(-1, &status, WNOHANG | WUNTRACED)) > 0) {
			if (WIFSTOPPED(status)) {
				if (WSTOPSIG(status) == SIGTTIN || WSTOPSIG(status) == SIGTTOU)
					continue;
				/* A stopped shell would never come back. */
				killpg(pid, SIGCONT);
				continue;
			}
			if (!job_child(s, pid, status))
				pane_io_child(s, pid, status);
		}
		break;
	case SIGTERM:
	case SIGINT:
		server_stop(s, "server was asked to end by a signal");
		break;
	case SIGUSR2:
		log_wanted = log_wanted == LOG_LEVEL_DEBUG ? LOG_LEVEL_WARN : LOG_LEVEL_DEBUG;
		break;
	default:
		break;
	}
	server_wake(s);
}

/*** Start and end ***/

void
server_stop(struct server *s, const char *reason)
{
	struct peer	*p;
	struct client	*c;

	if (s->exiting)
		return;
	s->exiting = true;
	s->exit_at = s->now + EXIT_WAIT;
	s->model->shutting_down = true;
	TAILQ_FOREACH(c, &s->model->clients, entry) {
		if ((p = peer_of(c)) == NULL)
			continue;
		if (c->flags & CLIENT_ATTACHED)
			peer_exit(p, reason == NULL ? TALK_EXIT_EXITED : TALK_EXIT_SERVER,
			    reason != NULL, reason);
	}
	listen_close_unix(s->listen);
	unlink(s->model->socket_path);
	server_wake(s);
}

void
server_show_config_causes(struct server *s, struct client *c)
{
	char	**causes;
	size_t	  i, n;

	if (s->config_shown || !s->config_done || c->session == NULL ||
	    c->session->current == NULL)
		return;
	s->config_shown = true;
	causes = config_causes(s->cmdq, &n);
	for (i = 0; i < n; i++)
		modes_view_add(s, c->session->current->window->active, causes[i]);
}

static void
add_path(struct server *s, const char *path)
{
	s->config_paths = xreallocarray(s->config_paths, (size_t)s->config_count + 1,
	    sizeof *s->config_paths);
	s->config_paths[s->config_count++] = xstrdup(path);
}

/* Ours; and only where there is none of ours, tmux's. */
static void
default_config(struct server *s)
{
	const char	*home = os_user_home(), *xdg = getenv("XDG_CONFIG_HOME");
	char		 ours[4][1024];
	struct stat	 sb;
	int		 i;
	bool		 found = false;

	if (home == NULL)
		home = "/";
	if (xdg != NULL && *xdg == '/')
		snprintf(ours[0], sizeof ours[0], "%s/rmux/rmux.conf", xdg);
	else
		snprintf(ours[0], sizeof ours[0], "%s/.config/rmux/rmux.conf", home);
	snprintf(ours[1], sizeof ours[1], "%s/.rmux.conf", home);
	if (stat(SYSTEM_CONFIG, &sb) == 0) {
		add_path(s, SYSTEM_CONFIG);
		found = true;
	}
	for (i = 0; i < 2; i++) {
		if (stat(ours[i], &sb) == 0) {
			add_path(s, ours[i]);
			found = true;
		}
	}
	if (found)
		return;
	add_path(s, "/etc/tmux.conf");
	snprintf(ours[0], sizeof ours[0], "%s/.tmux.conf", home);
	if (xdg != NULL && *xdg == '/')
		snprintf(ours[1], sizeof ours[1], "%s/tmux/tmux.conf", xdg);
	else
		ours[1][0] = '\0';
	snprintf(ours[2], sizeof ours[2], "%s/.config/tmux/tmux.conf", home);
	for (i = 0; i < 3; i++) {
		if (ours[i][0] != '\0' && stat(ours[i], &sb) == 0) {
			add_path(s, ours[i]);
			break;
		}
	}
}

static void
defaults_from_environment(struct server *s)
{
	struct model	*m = s->model;
	const char	*editor, *base;
	char		**e;

	for (e = environ; *e != NULL; e++)
		environ_put(m->environ, *e, false);
	environ_unset(m->environ, "TMUX");
	environ_unset(m->environ, "TMUX_PANE");
	environ_unset(m->environ, "RMUX");
	options_set_string(m->session_options, "default-shell", "%s", os_user_shell());
	if ((editor = getenv("VISUAL")) == NULL)
		editor = getenv("EDITOR");
	if (editor != NULL) {
		options_set_string(m->server_options, "editor", "%s", editor);
		base = strrchr(editor, '/');
		base = base != NULL ? base + 1 : editor;
		if (strstr(base, "vi") != NULL) {
			options_set_number(m->session_options, "status-keys", 1);
			options_set_number(m->window_options, "mode-keys", 1);
		}
	}
}

static struct event *
signal_event(struct server *s, int sig)
{
	struct event	*ev = evsignal_new(s->base, sig, on_signal, s);

	event_add(ev, NULL);
	return (ev);
}

static struct server *
server_make(const struct server_start *st, int unix_fd)
{
	struct server	*s = xcalloc(1, sizeof *s);
	int		 i;

	s->base = event_base_new();
	if (s->base == NULL)
		fatalx("no event loop");
	s->rng = os_rng();
	TAILQ_INIT(&s->peers);
	TAILQ_INIT(&s->jobs);
	TAILQ_INIT(&s->changed_panes);
	TAILQ_INIT(&s->unsettled_panes);
	map_str_init(&s->status_jobs, rng_u64(s->rng));
	map_u32_init(&s->inputs, rng_u64(s->rng));
	s->model = model_new(&server_model_ops, s);
	s->model->start_time = (time_t)(os_time_us() / USEC_PER_SEC);
	s->model->pid = getpid();
	free(s->model->socket_path);
	s->model->socket_path = xstrdup(st->socket_path);
	s->model->as_tmux = st->as_tmux;
	server_now(s);
	s->cmdq = cmdq_new(s->model, &server_host, s);
	s->turn_timer = event_new(s->base, -1, 0, turn_timer, s);
	s->sig_chld = signal_event(s, SIGCHLD);
	s->sig_term = signal_event(s, SIGTERM);
	s->sig_int = signal_event(s, SIGINT);
	s->sig_usr2 = signal_event(s, SIGUSR2);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGHUP, SIG_IGN);
	signal(SIGTSTP, SIG_IGN);
	signal(SIGTTIN, SIG_IGN);
	signal(SIGTTOU, SIG_IGN);
	signal(SIGUSR1, SIG_IGN);
	s->listen = listen_new(s, unix_fd);
	s->udp_ports = st->udp_ports != NULL ? xstrdup(st->udp_ports) : NULL;
	s->foreground = st->foreground;
	if (st->config_paths == NULL) {
		s->config_quiet = true;
		default_config(s);
	}
	for (i = 0; i < st->config_count; i++)
		add_path(s, st->config_paths[i]);
	defaults_from_environment(s);
	return (s);
}

static void
server_free(struct server *s)
{
	struct session		*se;
	struct peer		*p, *next;

	while ((se = TAILQ_FIRST(&s->model->sessions)) != NULL)
		session_destroy(se);
	model_reap(s->model);
	job_stop_all(s);
	s->now += 60 * USEC_PER_SEC;	/* everyone's time is up */
	for (p = TAILQ_FIRST(&s->peers); p != NULL; p = next) {
		next = peer_next(p);
		peer_free(p);
	}
	listen_free(s->listen);
	modes_fini(s);
	history_save(s);
	history_fini(s);
	cmdq_free(s->cmdq);
	model_free(s->model);
	event_base_free(s->base);
}

static void __attribute__((noreturn))
server_main(const struct server_start *st, int unix_fd, int ready_fd)
{
	struct server	*s;

	os_limit_files();
	os_limit_nodump();
	umask(077 & umask(0));
	s = server_make(st, unix_fd);
	os_proc_set_title("%s: server (%s)", st->as_tmux ? "tmux" : "rmux", st->socket_path);
	if (ready_fd != -1)
		os_daemon_ready(ready_fd, NULL);
	if (s->foreground) {
		s->config_started = true;
		config_load(s->cmdq, (const char *const *)s->config_paths, (size_t)s->config_count,
		    s->config_quiet, NULL);
	}
	server_loop(s);
	server_free(s);
	exit(0);
}

bool
server_command_starts(int argc, char *const *argv)
{
	return (cmd_may_start_server(argc, argv));
}

void
server_title_init(int argc, char **argv)
{
	os_proc_title_init(argc, argv);
}

int
server_start(const struct server_start *st, char **cause)
{
	int	ready_fd, unix_fd, r;

	if (st->foreground) {
		if ((unix_fd = os_sock_listen(st->socket_path, cause)) == -1)
			return (-1);
		server_main(st, unix_fd, -1);
	}
	if ((r = os_daemon(0, &ready_fd)) == -1) {
		xasprintf(cause, "can't start a server: %s", strerror(errno));
		return (-1);
	}
	if (r == 1)
		return (os_daemon_wait(ready_fd, START_WAIT_MS, cause));
	if ((unix_fd = os_sock_listen(st->socket_path, cause)) == -1) {
		/* Another starter was faster: its server is as good as ours. */
		os_daemon_ready(ready_fd, errno == EADDRINUSE ? NULL : *cause);
		_exit(1);
	}
	server_main(st, unix_fd, ready_fd);
}
