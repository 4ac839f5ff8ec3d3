/* SPDX-License-Identifier: ISC */

/*
 * client.c - the loop of a client, how it starts and how it ends.
 *
 * What came is taken in by callbacks (terminal, links, signals); client_turn() then draws,
 * sends what is due and sets the timer.  A key is drawn as a guess before it is sent, but on
 * a local link.  What the parts do is in their files: see client-int.h.
 */

#include <sys/wait.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"
#include "base/xmalloc.h"
#include "client/client-int.h"
#include "os/clock.h"
#include "os/user.h"

#define TTY_OUT_MAX	(8 << 20)
#define PENDING_MAX	(4 << 20)	/* typed and pasted, not yet in the log */
#define BYE_WAIT	(500 * USEC_PER_MSEC)
#define CONNECT_WAIT	(20 * USEC_PER_SEC)
#define CUT_WAIT	(8 * USEC_PER_SEC)	/* a command without ssh and UDP */

void
client_say(struct app *a, uint8_t kind, char *text)
{
	a->exit_kind = kind;
	free(a->exit_text);
	a->exit_text = text;
}

void
client_leave(struct app *a, int code)
{
	if (a->leaving)
		return;
	a->leaving = true;
	a->code = code;
	a->leave_at = a->now + BYE_WAIT;
	conn_close(a->conn, a->now, CLOSE_NONE, "");
}

/*** The turn ***/

/* There was nobody: say why, and go at once. */
static void
client_lost(struct app *a, char *why)
{
	client_say(a, TALK_EXIT_REFUSED, why);
	a->leaving = true;
	a->leave_at = a->now;
	a->code = CLIENT_EXIT_LOST;
}

/* Is it time to go, and with which words? */
static void
client_check_end(struct app *a)
{
	char	*why;
	bool	 by_peer;

	if (!a->leaving && a->remote && conn_state(a->conn) == CONN_CONNECTING &&
	    a->now >= a->started + CONNECT_WAIT) {
		xasprintf(&why, "%s answers neither by UDP nor over ssh", a->args->host);
		client_lost(a, why);
	}
	/* Who looks at a screen may wait for the network; a script may not. */
	if (!a->leaving && !a->attached && a->cut_at != 0 && a->now >= a->cut_at + CUT_WAIT) {
		xasprintf(&why, "ssh to %s ended, and UDP does not get through", a->args->host);
		client_lost(a, why);
	}
	if (!a->leaving && conn_state(a->conn) == CONN_CLOSED) {
		conn_close_code(a->conn, &by_peer);
		xasprintf(&why, "connection closed%s: %s", by_peer ? " by the server" : "",
		    conn_error(a->conn));
		client_lost(a, why);
	}
	if (conn_state(a->conn) == CONN_CLOSED || (a->leaving && a->now >= a->leave_at))
		a->done = true;
}

/* When client_check_end() would say something else. */
static usec_t
client_end_deadline(const struct app *a)
{
	usec_t	t = USEC_NEVER;

	if (a->leaving)
		return (a->leave_at);
	if (a->remote && conn_state(a->conn) == CONN_CONNECTING)
		t = a->started + CONNECT_WAIT;
	if (!a->attached && a->cut_at != 0 && a->cut_at + CUT_WAIT < t)
		t = a->cut_at + CUT_WAIT;
	return (t);
}

static void
client_turn(struct app *a)
{
	usec_t		at, t;
	struct timeval	tv;
	uint64_t	escape;

	a->now = os_clock();
	if (a->suspend_asked && !a->leaving)
		terminal_suspend(a);
	if (a->lock_asked != NULL && !a->leaving)
		terminal_lock(a);
	if (a->attached) {
		/* A paste that we do not read is not one whose end was lost. */
		if (a->tty_paused)
			tty_keys_feed(a->keys, "", 0, a->now);
		input_take(a);
		input_flush(a);
	}
	if (a->resized) {
		a->resized = false;
		terminal_size(a);
	}
	net_tend(a);
	notice_update(a);
	input_release(a);
	/* A guess must not be seen of a key that has not left: that costs little here. */
	if (!a->remote)
		net_send(a);
	if (a->attached && buf_len(&a->tty_out) == 0 && !a->leaving) {
		screen_update(a->screen, &a->tty_out, inlog_out_accepted(a->inlog), a->now);
		/* Never 0: what is cut in two by the terminal or its line must have a chance. */
		if (replica_kv_version(a->replica, VIEW_KV_OPTIONS) != 0) {
			escape = screen_options(a->screen)->escape_ms;
			if (escape == 0)
				escape = 1;
			tty_keys_set_escape_time(a->keys, escape * USEC_PER_MSEC);
		}
	}
	if (a->attached)
		terminal_flush(a);
	client_talk_flush(a);
	net_send(a);
	client_check_end(a);
	if (a->done) {
		event_base_loopbreak(a->base);
		return;
	}
	at = conn_deadline(a->conn);
	if (a->attached) {
		if (buf_len(&a->tty_out) == 0 &&
		    (t = screen_deadline(a->screen, a->now)) < at)
			at = t;
		if ((t = tty_keys_wake(a->keys)) < at)
			at = t;
	}
	if ((t = notice_deadline(a)) < at)
		at = t;
	if ((t = net_deadline(a)) < at)
		at = t;
	if ((t = client_end_deadline(a)) < at)
		at = t;
	if (at == USEC_NEVER) {
		event_del(a->timer);
		return;
	}
	t = at > a->now ? at - a->now : 0;
	tv.tv_sec = (time_t)(t / USEC_PER_SEC);
	tv.tv_usec = (suseconds_t)(t % USEC_PER_SEC);
	event_add(a->timer, &tv);
}

static void
on_timer(int fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	(void)arg;
}

static void
on_signal(int sig, short what, void *arg)
{
	struct app	*a = arg;

	(void)what;
	a->now = os_clock();
	switch (sig) {
	case SIGWINCH:
		a->resized = true;
		break;
	case SIGCHLD:
		while (waitpid(-1, NULL, WNOHANG) > 0)
			;
		break;
	case SIGCONT:
		if (a->attached) {
			os_tty_raw(&a->tty);
			screen_invalidate(a->screen);
			a->resized = true;
		}
		net_continued(a);
		break;
	default:
		client_talk_word(a, TALK_BYE, 0, 0);
		client_talk_flush(a);
		net_send(a);
		client_leave(a, CLIENT_EXIT_ERROR);
		break;
	}
}

/*** Start and end ***/

/*
 * A socket to the server on this machine, or -1 and the user was told.  Before anything
 * else is made: the server that this may start is a fork of us, and would keep it all.
 */
static int
local_socket(const struct client_args *args)
{
	char	*cause = NULL;
	int	 fd;

	fd = os_sock_connect(args->socket_path, &cause);
	if (fd == -1 && (errno == ENOENT || errno == ECONNREFUSED)) {
		if (args->start_server == NULL || args->no_start) {
			fprintf(stderr, "%s\n", cause);
			free(cause);
			return (-1);
		}
		free(cause);
		cause = NULL;
		if (args->start_server(args->start_arg, &cause) == 0)
			fd = os_sock_connect(args->socket_path, &cause);
	}
	if (fd == -1) {
		fprintf(stderr, "rmux: %s\n", cause != NULL ? cause : strerror(errno));
		free(cause);
		return (-1);
	}
	return (fd);
}

static void
client_events(struct app *a)
{
	static const int	sigs[] = { SIGWINCH, SIGCHLD, SIGCONT, SIGTERM, SIGHUP, SIGINT };
	size_t			i;

	a->timer = event_new(a->base, -1, 0, on_timer, a);
	a->tty_read = event_new(a->base, a->tty_fd, EV_READ | EV_PERSIST, input_readable, a);
	a->tty_write = event_new(a->base, a->tty_fd, EV_WRITE, terminal_writable, a);
	for (i = 0; i < sizeof sigs / sizeof sigs[0]; i++) {
		a->sigs[i] = evsignal_new(a->base, sigs[i], on_signal, a);
		event_add(a->sigs[i], NULL);
	}
}

/* What is said at the end, as tmux's users know it. */
static void
say_goodbye(struct app *a)
{
	char		*text;

	/* From the other side: nothing in it may act upon the terminal. */
	text = a->exit_text != NULL ? str_vis(a->exit_text, strlen(a->exit_text)) : xstrdup("");
	switch (a->exit_kind) {
	case TALK_EXIT_DONE:
		break;
	case TALK_EXIT_DETACHED:
	case TALK_EXIT_DETACHED_HUP:
		if (*text != '\0')
			printf("[detached (from session %s)]\n", text);
		else
			printf("[detached]\n");
		break;
	case TALK_EXIT_EXEC:
		if (a->remote)
			printf("[detached; %s asked to run a command here: not done]\n",
			    a->args->host);
		break;
	case TALK_EXIT_EXITED:
		printf("[exited]\n");
		break;
	case TALK_EXIT_SERVER:
		printf("[server exited%s%s]\n", *text != '\0' &&
		    strcmp(text, "server exited") != 0 ? ": " : "",
		    strcmp(text, "server exited") != 0 ? text : "");
		break;
	default:
		fflush(stdout);
		fprintf(stderr, "rmux: %s\n", text);
		break;
	}
	fflush(stdout);
	free(text);
}

static void
client_exec(const char *command)
{
	const char	*shell = os_user_shell();

	signal(SIGPIPE, SIG_DFL);
	execl(shell, shell, "-c", command, (char *)NULL);
	fprintf(stderr, "rmux: %s: %s\n", shell, strerror(errno));
}

static void
client_fini(struct app *a)
{
	size_t	i;

	conn_free(a->conn);
	client_talk_fini(a);
	inlog_out_free(a->inlog);
	terminal_fini(a);
	replica_free(a->replica);
	net_fini(a);
	tty_keys_free(a->keys);
	seal_free(a->seal);
	buf_wipe(&a->pending);
	buf_fini(&a->pending);
	event_free(a->timer);
	event_free(a->tty_read);
	event_free(a->tty_write);
	for (i = 0; i < sizeof a->sigs / sizeof a->sigs[0]; i++)
		event_free(a->sigs[i]);
	event_base_free(a->base);
	free(a->exit_text);
}

int
client_main(const struct client_args *args)
{
	struct app		 a;
	struct ssh_boot		 sb;
	int			 code, fd = -1;

	if (args->host == NULL && (fd = local_socket(args)) == -1)
		return (CLIENT_EXIT_ERROR);
	memset(&a, 0, sizeof a);
	memset(&sb, 0, sizeof sb);
	a.args = args;
	a.remote = args->host != NULL;
	a.now = os_clock();
	/* An ssh that is gone at once must not take us along before we say so. */
	signal(SIGPIPE, SIG_IGN);
	terminal_init(&a);
	if (a.remote && ssh_boot(args, &sb, &code) != 0)
		return (code);
	a.now = a.started = os_clock();
	a.base = event_base_new();
	net_init(&a);
	a.seal = sb.seal;
	memcpy(a.cid, sb.cid, sizeof a.cid);
	buf_init(&a.pending, PENDING_MAX);
	buf_init(&a.tty_out, TTY_OUT_MAX);
	client_talk_init(&a);
	a.inlog = inlog_out_new();
	a.replica = replica_new();
	a.screen = screen_new(a.tinfo, &a.features, a.replica);
	screen_link(a.screen, 0, !a.remote);
	frames_init(&a);
	client_events(&a);
	if (a.remote)
		net_connect(&a, &sb);
	else
		net_connect_local(&a, fd);
	if (!client_talk_hello(&a)) {
		fprintf(stderr, "rmux: command too long\n");
		client_fini(&a);
		return (CLIENT_EXIT_ERROR);
	}
	terminal_size(&a);
	client_talk_flush(&a);
	conn_wake(a.conn);
	do {
		client_turn(&a);
		if (!a.done)
			event_base_loop(a.base, EVLOOP_ONCE);
	} while (!a.done);
	if (a.attached)
		terminal_leave(&a);
	links_flush(a.links, 100);
	say_goodbye(&a);
	/* A full disk is worth a word; a reader who had enough is not. */
	if (a.out_error != 0 && a.out_error != EPIPE) {
		fprintf(stderr, "rmux: cannot write: %s\n", strerror(a.out_error));
		if (a.code == CLIENT_EXIT_OK)
			a.code = CLIENT_EXIT_ERROR;
	}
	if (a.exit_kind == TALK_EXIT_DETACHED_HUP)
		kill(getppid(), SIGHUP);
	if (a.exit_kind == TALK_EXIT_EXEC && a.exit_text != NULL && !a.remote)
		client_exec(a.exit_text);
	code = a.code;
	client_fini(&a);
	return (code);
}
