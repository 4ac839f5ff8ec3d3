/* SPDX-License-Identifier: ISC */

/*
 * pane-io.c - see pane-io.h.
 *
 * How it is known that a program has answered (reference: the tty layer of Linux, and
 * measurements in the design): in line mode with echo the kernel answers during the write, so
 * a poll on the slave, then a read of the master, and the echo is on the screen: settled at
 * once.  A raw program has answered when it has taken its input and has been quiet for
 * SETTLE_QUIET.  Input that is not taken is never settled, but called busy after BUSY_AFTER;
 * content decides after SETTLE_GIVE_UP.
 *
 * In line mode the kernel echoes for whoever will read the line, be it a program that is about
 * to switch the echo off and ask for a password.  That a program waits in a read from its
 * terminal, with no line there for it, tells that what is typed next is for that read.  It is
 * looked for after lines and output, and told to clients that guess.
 */

#include <sys/ioctl.h>
#include <sys/wait.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/xmalloc.h"
#include "model/option.h"
#include "os/proc.h"
#include "os/sock.h"
#include "os/spawn.h"
#include "server/pane-io.h"
#include "server/server.h"

#define READ_CHUNK	65536
#define READ_GATHER	4096
#define READ_TURN_MAX	(64 * 1024)	/* per turn, shared by the panes that have output */
#define SETTLE_QUIET	(10 * USEC_PER_MSEC)
#define BUSY_AFTER	(50 * USEC_PER_MSEC)
#define SETTLE_GIVE_UP	(1000 * USEC_PER_MSEC)
#define SETTLE_NEWS	(200 * USEC_PER_MSEC)	/* "settled" alone is worth a packet */
#define LOOK_FIRST	USEC_PER_MSEC	/* after which the program is looked at, and then */
#define LOOK_STEPS	10		/* after twice as long each time, so often */
#define LOOK_OUTPUT	(5 * USEC_PER_MSEC)
#define ECHO_CLIENTS	16
#define PROC_INTERVAL	(100 * USEC_PER_MSEC)
#define PIPE_QUEUE_MAX	(16 << 20)

/* What one client typed into this pane. */
struct echo_track {
	uint32_t	client;		/* 0: free */
	uint64_t	accepted, settled;
	usec_t		written_at;	/* oldest write not settled */
	usec_t		used_at;
};

struct pane_io {
	TAILQ_ENTRY(pane_io)	 centry;	/* in server->changed_panes */
	TAILQ_ENTRY(pane_io)	 uentry;	/* in server->unsettled_panes */
	bool			 on_changed, on_unsettled;
	struct server		*server;
	struct pane		*pane;
	struct os_pty		 pty;
	struct event		*read_ev, *write_ev;
	struct buf		 out;
	int			 cols, rows;	/* told to the kernel */

	struct echo_track	*echo;		/* ECHO_CLIENTS, NULL: none yet */
	usec_t			 last_output, consumed_at;
	usec_t			 check_at;	/* USEC_NEVER: nothing unsettled */
	unsigned		 check_step;
	bool			 consumed, busy;
	bool			 plain;		/* the last input was text */
	usec_t			 typed_at;
	usec_t			 news_at;	/* 0: nothing that clients wait for */
	struct os_tty_flags	 tty;
	/* What a client that guesses should know; only while there is one. */
	bool			 watched, reading;
	usec_t			 look_at;	/* USEC_NEVER: it is known */
	unsigned		 look_step;
	pid_t			 program_pgrp;
	uint32_t		 program;	/* view_program() */

	usec_t			 name_at, path_at;
	char			*name;		/* NULL: not known */
	char			*path;

	int			 pipe_fd;
	pid_t			 pipe_pid;
	bool			 pipe_in, pipe_out;
	struct event		*pipe_read, *pipe_write;
	struct buf		 pipe_buf;
};

static void	pane_io_flush(struct pane_io *);
static void	pane_io_check(struct pane *);
static void	pane_io_look(struct pane_io *);
static void	pane_io_look_again(struct pane_io *);
static bool	pane_io_cooked(const struct pane_io *);

/*** Lists, so that no turn costs what idle panes cost ***/

static void
pane_io_mark(struct pane_io *io)
{
	if (!io->on_changed) {
		TAILQ_INSERT_TAIL(&io->server->changed_panes, io, centry);
		io->on_changed = true;
	}
}

static void
pane_io_set_times(struct pane_io *io)
{
	bool	on = io->check_at != USEC_NEVER || io->look_at != USEC_NEVER;

	if (on && !io->on_unsettled) {
		TAILQ_INSERT_TAIL(&io->server->unsettled_panes, io, uentry);
		io->on_unsettled = true;
	} else if (!on && io->on_unsettled) {
		TAILQ_REMOVE(&io->server->unsettled_panes, io, uentry);
		io->on_unsettled = false;
	}
}

static void
pane_io_set_check(struct pane_io *io, usec_t at)
{
	io->check_at = at;
	pane_io_set_times(io);
}

static void
pane_io_set_look(struct pane_io *io, usec_t at)
{
	io->look_at = at;
	pane_io_set_times(io);
}

void
pane_io_changed(struct server *s, void (*handle)(struct server *, struct pane *))
{
	struct pane_io	*io;
	struct pane_io	*last = TAILQ_LAST(&s->changed_panes, pane_io_list);
	bool		 end = last == NULL;

	s->busy_panes = 0;
	while (!end && (io = TAILQ_FIRST(&s->changed_panes)) != NULL) {
		end = io == last;
		TAILQ_REMOVE(&s->changed_panes, io, centry);
		io->on_changed = false;
		s->busy_panes++;
		handle(s, io->pane);
	}
}

usec_t
pane_io_tick(struct server *s)
{
	struct pane_io	*io, *next;
	usec_t		 best = USEC_NEVER;

	TAILQ_FOREACH_SAFE(io, &s->unsettled_panes, uentry, next) {
		if (io->check_at <= s->now)
			pane_io_check(io->pane);
		if (io->look_at <= s->now)
			pane_io_look(io);
	}
	TAILQ_FOREACH(io, &s->unsettled_panes, uentry) {
		if (io->check_at < best)
			best = io->check_at;
		if (io->look_at < best)
			best = io->look_at;
	}
	return (best);
}

/*** Output of the program ***/

static void
pane_io_exited(struct pane_io *io)
{
	if (io->read_ev != NULL)
		event_del(io->read_ev);
	if (io->write_ev != NULL)
		event_del(io->write_ev);
	io->pane->flags |= PANE_EXITED;
	pane_io_mark(io);
	server_wake(io->server);
}

static void
pane_io_take(struct pane_io *io, const uint8_t *data, size_t n)
{
	struct pane	*p = io->pane;
	struct buf	*replies;

	io->last_output = io->server->now;
	if (io->pipe_fd != -1 && io->pipe_out) {
		/* A pipe that does not read loses the output, not the pane. */
		if (buf_add(&io->pipe_buf, data, n) == 0)
			event_add(io->pipe_write, NULL);
	}
	emu_feed(p->emu, data, n);
	replies = emu_replies(p->emu);
	if (buf_len(replies) > 0) {
		pane_io_write(p, buf_data(replies), buf_len(replies), false);
		buf_clear(replies);
	}
	p->activity = p->model->wall;
	io->server->screen_version++;
	if (io->watched && io->look_at == USEC_NEVER && pane_io_cooked(io)) {
		io->look_step = 0;
		pane_io_set_look(io, io->server->now + LOOK_OUTPUT);
	}
	pane_io_mark(io);
}

/*
 * Read what is there, at most this pane's part of READ_TURN_MAX: however many panes flood,
 * what a client types waits for no more than that.  True if the pty is still open.
 */
static bool
pane_io_drain(struct pane_io *io)
{
	static uint8_t	 chunk[READ_CHUNK];
	size_t		 total = 0, have, most = READ_TURN_MAX;
	ssize_t		 n;
	bool		 open = true, full = false;

	/*
	 * The kernel gives a pty's output in pieces of 4 kB, which a worker of its own puts
	 * there: a read that comes too early waits for it, at the cost of two switches.  So
	 * each piece is emulated at once, while the next is made; only crumbs are gathered.
	 */
	if (io->server->busy_panes > 1)
		most /= io->server->busy_panes;
	while (open && !full && total < most) {
		have = 0;
		while (have < READ_GATHER) {
			n = read(io->pty.master, chunk + have, sizeof chunk - have);
			if (n > 0) {
				have += (size_t)n;
				continue;
			}
			if (n < 0 && errno == EINTR)
				continue;
			full = true;
			if (n == 0 || (errno != EAGAIN && errno != EWOULDBLOCK))
				open = false;
			break;
		}
		if (have > 0)
			pane_io_take(io, chunk, have);
		total += have;
	}
	if (total > 0)
		server_wake(io->server);
	return (open);
}

static void
pane_io_readable(int fd, short what, void *arg)
{
	struct pane_io	*io = arg;

	(void)fd;
	(void)what;
	server_now(io->server);
	if (!pane_io_drain(io))
		pane_io_exited(io);
}

/*** Input to the program ***/

static void
pane_io_writable(int fd, short what, void *arg)
{
	struct pane_io	*io = arg;

	(void)fd;
	(void)what;
	server_now(io->server);
	pane_io_flush(io);
	server_wake(io->server);	/* there may be room for what was refused */
}

static void
pane_io_flush(struct pane_io *io)
{
	ssize_t	n;

	while (buf_len(&io->out) > 0) {
		n = write(io->pty.master, buf_data(&io->out), buf_len(&io->out));
		if (n > 0) {
			buf_drain(&io->out, (size_t)n);
			continue;
		}
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
			if (io->write_ev == NULL)
				io->write_ev = event_new(io->server->base, io->pty.master,
				    EV_WRITE, pane_io_writable, io);
			event_add(io->write_ev, NULL);
			return;
		}
		buf_clear(&io->out);	/* the program is gone; the read side sees it */
		return;
	}
}

size_t
pane_io_room(struct pane *p)
{
	struct pane_io	*io = p->io;
	size_t		 have;

	if (io == NULL || io->pty.master == -1 || (p->flags & PANE_EXITED))
		return (PANE_INPUT_MAX);	/* typed at nothing: taken and dropped */
	have = buf_len(&io->out);
	return (have >= PANE_INPUT_MAX ? 0 : PANE_INPUT_MAX - have);
}

bool
pane_io_write(struct pane *p, const void *data, size_t n, bool limited)
{
	struct pane_io	*io = p->io;

	if (io == NULL || io->pty.master == -1 || (p->flags & PANE_EXITED))
		return (true);
	if (limited && pane_io_room(p) < n)
		return (false);
	if (buf_add(&io->out, data, n) != 0)
		return (false);
	pane_io_flush(io);
	return (true);
}

/*** Echo ***/

/* Ask how the program has set its terminal; a change is for clients to know. */
static void
pane_io_flags(struct pane_io *io)
{
	struct os_tty_flags	now;

	memset(&now, 0, sizeof now);
	if (os_pty_flags(io->pty.master, &now) != 0 || memcmp(&now, &io->tty, sizeof now) == 0)
		return;
	io->tty = now;
	io->server->screen_version++;
	server_wake(io->server);
	if (io->watched)
		pane_io_look_again(io);
}

static bool
pane_io_cooked(const struct pane_io *io)
{
	return (io->tty.echo && io->tty.icanon);
}

/* Who is in front, and does it wait for a line? */
static void
pane_io_look(struct pane_io *io)
{
	pid_t		 pgrp;
	uint32_t	 program;
	bool		 reading;

	pane_io_set_look(io, USEC_NEVER);
	if (!io->watched || io->pty.master == -1 ||
	    (pgrp = os_proc_foreground_pgrp(io->pty.master)) == -1)
		return;
	/* In this order: a program that reads sets no modes. */
	reading = buf_len(&io->out) == 0 && pane_io_cooked(io) &&
	    os_proc_reads(pgrp, io->pty.name) == 1 &&
	    os_pty_input_pending(&io->pty) == PENDING_NO;
	pane_io_flags(io);
	reading = reading && pane_io_cooked(io);
	io->name_at = 0;
	program = view_program(pane_io_command(io->pane));
	if (reading != io->reading || program != io->program) {
		io->server->screen_version++;
		server_wake(io->server);
	}
	io->reading = reading;
	io->program = program;
	io->program_pgrp = pgrp;
	if (pane_io_cooked(io) && !reading && io->look_step < LOOK_STEPS)
		pane_io_set_look(io, io->server->now + (LOOK_FIRST << io->look_step++));
}

/* Another program may be in front, or this one about to do something else. */
static void
pane_io_look_again(struct pane_io *io)
{
	io->look_step = 0;
	io->reading = false;
	pane_io_set_look(io, io->server->now + LOOK_FIRST);
}

static void
pane_io_settle(struct pane_io *io)
{
	unsigned	i;

	for (i = 0; io->echo != NULL && i < ECHO_CLIENTS; i++)
		io->echo[i].settled = io->echo[i].accepted;
	io->busy = false;
	if (io->watched && !pane_io_cooked(io) &&
	    (!io->plain || os_proc_foreground_pgrp(io->pty.master) != io->program_pgrp))
		pane_io_look(io);
	if (io->plain && io->last_output >= io->typed_at && !pane_io_cooked(io)) {
		/* The echo itself went out, or is about to. */
		io->news_at = io->server->now + SETTLE_NEWS;
		pane_io_set_check(io, io->news_at);
		return;
	}
	pane_io_set_check(io, USEC_NEVER);
	io->server->screen_version++;
}

static struct echo_track *
echo_track(struct pane_io *io, uint32_t client, bool make)
{
	struct echo_track	*t, *old;
	unsigned		 i;

	if (io->echo == NULL) {
		if (!make)
			return (NULL);
		io->echo = xcalloc(ECHO_CLIENTS, sizeof io->echo[0]);
	}
	old = &io->echo[0];
	for (i = 0; i < ECHO_CLIENTS; i++) {
		t = &io->echo[i];
		if (t->client == client)
			return (t);
		if (t->client == 0 || (old->client != 0 && t->used_at < old->used_at))
			old = t;
	}
	if (!make)
		return (NULL);
	memset(old, 0, sizeof *old);
	old->client = client;
	return (old);
}

/* Is there input that was written and not settled? */
static bool
pane_io_unsettled(const struct pane_io *io, usec_t *since)
{
	unsigned	i;
	bool		any = false;

	for (i = 0; io->echo != NULL && i < ECHO_CLIENTS; i++) {
		if (io->echo[i].client == 0 || io->echo[i].settled == io->echo[i].accepted)
			continue;
		if (!any || io->echo[i].written_at < *since)
			*since = io->echo[i].written_at;
		any = true;
	}
	return (any);
}

void
pane_io_accepted(struct pane *p, uint32_t client, uint64_t offset, bool exact, bool plain)
{
	struct pane_io		*io = p->io;
	struct echo_track	*t;
	usec_t			 since;
	bool			 was_cooked, unsettled;

	if (io == NULL || io->pty.master == -1)
		return;
	unsettled = pane_io_unsettled(io, &since) || (io->news_at != 0 && !io->plain);
	t = echo_track(io, client, true);
	t->used_at = io->server->now;
	if (t->settled == t->accepted)
		t->written_at = io->server->now;
	t->accepted = offset;
	/* Text behind an Enter that is not settled yet does not make that one less urgent. */
	io->plain = plain && (io->plain || !unsettled);
	io->typed_at = io->server->now;
	if (!exact && !pane_io_cooked(io)) {
		/* Nobody will predict what a program echoes on this link: no need to find out. */
		t->settled = offset;
		return;
	}
	was_cooked = pane_io_cooked(io);
	io->watched = true;
	if (!plain)
		pane_io_look_again(io);
	io->consumed = false;
	io->check_step = 0;
	pane_io_set_check(io, io->server->now + USEC_PER_MSEC);
	pane_io_flags(io);
	if (was_cooked || pane_io_cooked(io))
		pane_io_check(p);
}

static void
pane_io_check(struct pane *p)
{
	struct pane_io		*io = p->io;
	enum os_pty_pending	 pending;
	usec_t			 since = 0, now, quiet;

	if (io == NULL || io->pty.master == -1)
		return;
	now = io->server->now;
	if (io->news_at != 0 && now >= io->news_at) {
		io->news_at = 0;
		io->server->screen_version++;
		server_wake(io->server);
	}
	if (!pane_io_unsettled(io, &since)) {
		pane_io_set_check(io, io->news_at != 0 ? io->news_at : USEC_NEVER);
		return;
	}
	if (buf_len(&io->out) > 0)
		pending = PENDING_YES;
	else
		pending = os_pty_input_pending(&io->pty);
	pane_io_flags(io);
	if (pane_io_cooked(io) && buf_len(&io->out) == 0 && pending != PENDING_UNKNOWN) {
		/* The poll was the fence: the echo is there to be read. */
		if (!pane_io_drain(io))
			pane_io_exited(io);
		pane_io_settle(io);
		return;
	}
	if (pending == PENDING_NO && !io->consumed) {
		io->consumed = true;
		io->consumed_at = now;
	}
	if (pending == PENDING_UNKNOWN) {
		if (now >= since + BUSY_AFTER) {
			pane_io_settle(io);
			return;
		}
	} else if (io->consumed) {
		quiet = io->consumed_at > io->last_output ? io->consumed_at : io->last_output;
		if (now >= quiet + SETTLE_QUIET) {
			pane_io_settle(io);
			return;
		}
		pane_io_set_check(io, quiet + SETTLE_QUIET);
		return;
	}
	if (now >= since + SETTLE_GIVE_UP) {
		pane_io_settle(io);
		return;
	}
	if (!io->busy && now >= since + BUSY_AFTER) {
		io->busy = true;
		io->server->screen_version++;
	}
	if (io->check_step < 5)
		io->check_step++;
	pane_io_set_check(io, now + (USEC_PER_MSEC << io->check_step));
}

bool
pane_io_echo(struct pane *p, uint32_t client, bool exact, struct pane_echo_state *st)
{
	struct pane_io		*io = p->io;
	struct echo_track	*t;

	memset(st, 0, sizeof *st);
	if (io == NULL || io->pty.master == -1)
		return (false);
	if ((t = echo_track(io, client, false)) != NULL) {
		st->accepted = t->accepted;
		st->settled = t->settled;
	}
	if (exact && !io->watched) {
		io->watched = true;
		pane_io_look(io);
	}
	st->busy = io->busy;
	pane_io_flags(io);
	st->tty = io->tty;
	st->reading = exact && io->reading;
	st->program = exact ? io->program : 0;
	return (true);
}

void
pane_io_forget_client(struct pane *p, uint32_t client)
{
	struct pane_io		*io = p->io;
	struct echo_track	*t;

	if (io != NULL && (t = echo_track(io, client, false)) != NULL)
		memset(t, 0, sizeof *t);
}

/*** Start and end ***/

int
pane_io_spawn(struct server *s, struct pane *p, const struct pane_spawn *sp, char **cause)
{
	struct pane_io	*io = p->io;
	struct os_spawn	 os;
	struct os_pty	 pty;
	pid_t		 pid;
	int		 cols = p->cols > 0 ? p->cols : 80, rows = p->rows > 0 ? p->rows : 24;

	if (os_pty_open(&pty, cols, rows, NULL) != 0) {
		xasprintf(cause, "no terminal for the new pane: %s%s", strerror(errno),
		    errno == ENOSPC ? " (see kernel.pty.max)" : "");
		return (-1);
	}
	memset(&os, 0, sizeof os);
	os.argv = sp->argv;
	os.command = sp->command;
	os.shell = sp->shell;
	os.cwd = sp->cwd;
	os.env = sp->env;
	os.pty = &pty;
	os.fds[0] = os.fds[1] = os.fds[2] = -1;
	if ((pid = os_spawn(&os)) == -1) {
		const char *what = sp->argv != NULL ? sp->argv[0] :
		    sp->shell != NULL ? sp->shell : "/bin/sh";
		xasprintf(cause, "can't run %s: %s", what, strerror(errno));
		os_pty_close(&pty);
		return (-1);
	}
	os_pty_close_slave(&pty);
	if (io == NULL) {
		io = xcalloc(1, sizeof *io);
		io->server = s;
		io->pane = p;
		io->pipe_fd = -1;
		io->check_at = io->look_at = USEC_NEVER;
		buf_init(&io->out, PANE_QUEUE_MAX);
		buf_init(&io->pipe_buf, PIPE_QUEUE_MAX);
		p->io = io;
	}
	buf_clear(&io->out);
	free(io->echo);
	io->echo = NULL;
	pane_io_set_check(io, USEC_NEVER);
	io->pty = pty;
	io->cols = cols;
	io->rows = rows;
	io->name_at = io->path_at = 0;
	p->pid = pid;
	snprintf(p->tty, sizeof p->tty, "%s", pty.name);
	p->flags &= ~(unsigned)(PANE_DEAD | PANE_STATUS_READY | PANE_EXITED | PANE_EMPTY);
	io->read_ev = event_new(s->base, pty.master, EV_READ | EV_PERSIST, pane_io_readable, io);
	event_add(io->read_ev, NULL);
	os_pty_flags(pty.master, &io->tty);
	server_wake(s);
	return (0);
}

static void
pane_io_close_pty(struct pane_io *io)
{
	if (io->read_ev != NULL)
		event_free(io->read_ev);
	if (io->write_ev != NULL)
		event_free(io->write_ev);
	io->read_ev = io->write_ev = NULL;
	if (io->pty.master != -1)
		os_pty_close(&io->pty);
	io->pty.master = -1;
}

static void
pane_io_close_pipe(struct pane_io *io)
{
	if (io->pipe_fd == -1)
		return;
	event_free(io->pipe_read);
	event_free(io->pipe_write);
	io->pipe_read = io->pipe_write = NULL;
	close(io->pipe_fd);
	io->pipe_fd = -1;
	buf_clear(&io->pipe_buf);
}

void
pane_io_close(struct pane *p)
{
	struct pane_io	*io = p->io;
	struct server	*s;

	if (io == NULL)
		return;
	s = io->server;
	if (p->pid > 0 && !(p->flags & PANE_STATUS_READY))
		kill(p->pid, SIGHUP);
	pane_io_close_pipe(io);
	pane_io_close_pty(io);
	pane_io_set_check(io, USEC_NEVER);
	pane_io_set_look(io, USEC_NEVER);
	if (io->on_changed)
		TAILQ_REMOVE(&s->changed_panes, io, centry);
	buf_fini(&io->out);
	buf_fini(&io->pipe_buf);
	free(io->echo);
	free(io->name);
	free(io->path);
	free(io);
	p->io = NULL;
}

void
pane_io_resize(struct pane *p)
{
	struct pane_io	*io = p->io;

	if (io == NULL || io->pty.master == -1 || (io->cols == p->cols && io->rows == p->rows))
		return;
	if (p->cols <= 0 || p->rows <= 0)
		return;
	os_pty_resize(io->pty.master, p->cols, p->rows, p->cols * p->window->xpixel,
	    p->rows * p->window->ypixel);
	io->cols = p->cols;
	io->rows = p->rows;
}

bool
pane_io_child(struct server *s, pid_t pid, int status)
{
	struct window	*w;
	struct pane	*p;
	struct pane_io	*io;
	size_t		 at = 0;
	uint32_t	 id;
	void		*v;

	while (map_u32_next(&s->model->window_by_id, &at, &id, &v)) {
		w = v;
		TAILQ_FOREACH(p, &w->panes, entry) {
			io = p->io;
			if (io != NULL && io->pipe_fd != -1 && io->pipe_pid == pid) {
				pane_io_close_pipe(io);
				return (true);
			}
			if (p->pid != pid)
				continue;
			p->status = status;
			p->dead_time = s->model->wall;
			p->flags |= PANE_STATUS_READY;
			if (io != NULL && io->pty.master != -1) {
				/* Its last words are in the pty. */
				pane_io_drain(io);
				pane_io_exited(io);
			}
			server_wake(s);
			return (true);
		}
	}
	return (false);
}

/*** What runs there ***/

const char *
pane_io_command(struct pane *p)
{
	struct pane_io	*io = p->io;
	char		 name[64];

	if (io == NULL || io->pty.master == -1)
		return ("");
	if (io->name == NULL || io->name[0] == '\0' || io->server->now >= io->name_at) {
		io->name_at = io->server->now + PROC_INTERVAL;
		if (os_proc_foreground_name(io->pty.master, name, sizeof name) != 0)
			name[0] = '\0';
		free(io->name);
		io->name = xstrdup(name);
	}
	return (io->name);
}

const char *
pane_io_path(struct pane *p)
{
	struct pane_io	*io = p->io;
	char		 path[1024];

	if (io == NULL || io->pty.master == -1)
		return (p->cwd != NULL ? p->cwd : "");
	if (io->path == NULL || io->path[0] == '\0' || io->server->now >= io->path_at) {
		io->path_at = io->server->now + PROC_INTERVAL;
		if (os_proc_foreground_cwd(io->pty.master, path, sizeof path) != 0)
			path[0] = '\0';
		free(io->path);
		io->path = xstrdup(path);
	}
	return (io->path);
}

/*** pipe-pane ***/

static void
pane_pipe_writable(int fd, short what, void *arg)
{
	struct pane_io	*io = arg;
	ssize_t		 n;

	(void)what;
	while (buf_len(&io->pipe_buf) > 0) {
		n = write(fd, buf_data(&io->pipe_buf), buf_len(&io->pipe_buf));
		if (n > 0) {
			buf_drain(&io->pipe_buf, (size_t)n);
		} else if (n < 0 && (errno == EAGAIN || errno == EINTR)) {
			event_add(io->pipe_write, NULL);
			return;
		} else {
			pane_io_close_pipe(io);
			return;
		}
	}
}

static void
pane_pipe_readable(int fd, short what, void *arg)
{
	struct pane_io	*io = arg;
	uint8_t		 chunk[4096];
	ssize_t		 n;

	(void)what;
	n = read(fd, chunk, sizeof chunk);
	if (n > 0 && io->pipe_in) {
		pane_io_write(io->pane, chunk, (size_t)n, false);
	} else if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR)) {
		pane_io_close_pipe(io);
		server_wake(io->server);
	}
}

bool
pane_io_piped(struct pane *p)
{
	struct pane_io	*io = p->io;

	return (io != NULL && io->pipe_fd != -1);
}

int
pane_io_pipe(struct pane *p, const char *command, bool in, bool out, char **cause)
{
	struct pane_io	*io = p->io;
	struct os_spawn	 os;
	int		 fds[2];

	if (io == NULL) {
		xasprintf(cause, "pane has no program to pipe");
		return (-1);
	}
	pane_io_close_pipe(io);
	if (command == NULL || *command == '\0')
		return (0);
	if (os_socketpair(fds) != 0) {
		xasprintf(cause, "no pipe for %s: %s", command, strerror(errno));
		return (-1);
	}
	memset(&os, 0, sizeof os);
	os.command = command;
	os.shell = options_string(io->server->model->session_options, "default-shell");
	os.cwd = p->cwd;
	os.fds[0] = out ? fds[1] : -1;
	os.fds[1] = in ? fds[1] : -1;
	os.fds[2] = -1;
	if ((io->pipe_pid = os_spawn(&os)) == -1) {
		xasprintf(cause, "can't run %s: %s", command, strerror(errno));
		close(fds[0]);
		close(fds[1]);
		return (-1);
	}
	close(fds[1]);
	os_set_nonblock(fds[0], true);
	io->pipe_fd = fds[0];
	io->pipe_in = in;
	io->pipe_out = out;
	io->pipe_read = event_new(io->server->base, fds[0], EV_READ | EV_PERSIST,
	    pane_pipe_readable, io);
	io->pipe_write = event_new(io->server->base, fds[0], EV_WRITE, pane_pipe_writable, io);
	event_add(io->pipe_read, NULL);
	return (0);
}
