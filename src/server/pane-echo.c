/* SPDX-License-Identifier: ISC */

/*
 * pane-echo.c - see pane-echo.h.
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

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/xmalloc.h"
#include "os/proc.h"
#include "server/pane-echo.h"
#include "server/pane-io-int.h"
#include "server/server.h"
#include "view/view.h"

#define SETTLE_QUIET	(10 * USEC_PER_MSEC)
#define BUSY_AFTER	(50 * USEC_PER_MSEC)
#define SETTLE_GIVE_UP	(1000 * USEC_PER_MSEC)
#define SETTLE_NEWS	(200 * USEC_PER_MSEC)	/* "settled" alone is worth a packet */
#define LOOK_FIRST	USEC_PER_MSEC	/* after which the program is looked at, and then */
#define LOOK_STEPS	10		/* after twice as long each time, so often */
#define LOOK_OUTPUT	(5 * USEC_PER_MSEC)
#define ECHO_CLIENTS	16

/* What one client typed into this pane. */
struct echo_track {
	uint32_t	client;		/* 0: free */
	uint64_t	accepted, settled;
	usec_t		written_at;	/* oldest write not settled */
	usec_t		used_at;
};

static void	echo_check(struct pane *);
static void	echo_look(struct pane_io *);

/*** Times, so that no turn costs what idle panes cost ***/

static void
echo_set_times(struct pane_io *io)
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
echo_set_check(struct pane_io *io, usec_t at)
{
	io->check_at = at;
	echo_set_times(io);
}

static void
echo_set_look(struct pane_io *io, usec_t at)
{
	io->look_at = at;
	echo_set_times(io);
}

usec_t
pane_echo_tick(struct server *s)
{
	struct pane_io	*io, *next;
	usec_t		 best = USEC_NEVER;

	TAILQ_FOREACH_SAFE(io, &s->unsettled_panes, uentry, next) {
		if (io->check_at <= s->now)
			echo_check(io->pane);
		if (io->look_at <= s->now)
			echo_look(io);
	}
	TAILQ_FOREACH(io, &s->unsettled_panes, uentry) {
		if (io->check_at < best)
			best = io->check_at;
		if (io->look_at < best)
			best = io->look_at;
	}
	return (best);
}

/*** The program and its terminal ***/

static bool
echo_cooked(const struct pane_io *io)
{
	return (io->tty.echo && io->tty.icanon);
}

/* Another program may be in front, or this one about to do something else. */
static void
echo_look_again(struct pane_io *io)
{
	io->look_step = 0;
	io->reading = false;
	echo_set_look(io, io->server->now + LOOK_FIRST);
}

/* Ask how the program has set its terminal; a change is for clients to know. */
static void
echo_flags(struct pane_io *io)
{
	struct os_tty_flags	now;

	memset(&now, 0, sizeof now);
	if (os_pty_flags(io->pty.master, &now) != 0 || memcmp(&now, &io->tty, sizeof now) == 0)
		return;
	io->tty = now;
	io->server->screen_version++;
	server_wake(io->server);
	if (io->watched)
		echo_look_again(io);
}

/* Who is in front, and does it wait for a line? */
static void
echo_look(struct pane_io *io)
{
	pid_t		 pgrp;
	uint32_t	 program;
	bool		 reading;

	echo_set_look(io, USEC_NEVER);
	if (!io->watched || io->pty.master == -1 ||
	    (pgrp = os_proc_foreground_pgrp(io->pty.master)) == -1)
		return;
	/* In this order: a program that reads sets no modes. */
	reading = buf_len(&io->out) == 0 && echo_cooked(io) &&
	    os_proc_reads(pgrp, io->pty.name) == 1 &&
	    os_pty_input_pending(&io->pty) == PENDING_NO;
	echo_flags(io);
	reading = reading && echo_cooked(io);
	io->name_at = 0;
	program = view_program(pane_io_command(io->pane));
	if (reading != io->reading || program != io->program) {
		io->server->screen_version++;
		server_wake(io->server);
	}
	io->reading = reading;
	io->program = program;
	io->program_pgrp = pgrp;
	if (echo_cooked(io) && !reading && io->look_step < LOOK_STEPS)
		echo_set_look(io, io->server->now + (LOOK_FIRST << io->look_step++));
}

void
pane_echo_output(struct pane_io *io)
{
	if (io->watched && io->look_at == USEC_NEVER && echo_cooked(io)) {
		io->look_step = 0;
		echo_set_look(io, io->server->now + LOOK_OUTPUT);
	}
}

/*** What clients typed ***/

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
echo_unsettled(const struct pane_io *io, usec_t *since)
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

static void
echo_settle(struct pane_io *io)
{
	unsigned	i;

	for (i = 0; io->echo != NULL && i < ECHO_CLIENTS; i++)
		io->echo[i].settled = io->echo[i].accepted;
	io->busy = false;
	if (io->watched && !echo_cooked(io) &&
	    (!io->plain || os_proc_foreground_pgrp(io->pty.master) != io->program_pgrp))
		echo_look(io);
	if (io->plain && io->last_output >= io->typed_at && !echo_cooked(io)) {
		/* The echo itself went out, or is about to. */
		io->news_at = io->server->now + SETTLE_NEWS;
		echo_set_check(io, io->news_at);
		return;
	}
	echo_set_check(io, USEC_NEVER);
	io->server->screen_version++;
}

void
pane_echo_accepted(struct pane *p, uint32_t client, uint64_t offset, bool exact, bool plain)
{
	struct pane_io		*io = p->io;
	struct echo_track	*t;
	usec_t			 since;
	bool			 was_cooked, unsettled;

	if (io == NULL || io->pty.master == -1)
		return;
	unsettled = echo_unsettled(io, &since) || (io->news_at != 0 && !io->plain);
	t = echo_track(io, client, true);
	t->used_at = io->server->now;
	if (t->settled == t->accepted)
		t->written_at = io->server->now;
	t->accepted = offset;
	/* Text behind an Enter that is not settled yet does not make that one less urgent. */
	io->plain = plain && (io->plain || !unsettled);
	io->typed_at = io->server->now;
	if (!exact && !echo_cooked(io)) {
		/* Nobody will predict what a program echoes on this link: no need to find out. */
		t->settled = offset;
		return;
	}
	was_cooked = echo_cooked(io);
	if (exact)
		io->watched = true;
	if (io->watched && !plain)
		echo_look_again(io);
	io->consumed = false;
	io->check_step = 0;
	echo_set_check(io, io->server->now + USEC_PER_MSEC);
	echo_flags(io);
	if (was_cooked || echo_cooked(io))
		echo_check(p);
}

static void
echo_check(struct pane *p)
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
	if (!echo_unsettled(io, &since)) {
		echo_set_check(io, io->news_at != 0 ? io->news_at : USEC_NEVER);
		return;
	}
	if (buf_len(&io->out) > 0)
		pending = PENDING_YES;
	else
		pending = os_pty_input_pending(&io->pty);
	echo_flags(io);
	if (echo_cooked(io) && buf_len(&io->out) == 0 && pending != PENDING_UNKNOWN) {
		/* The poll was the fence: the echo is there to be read. */
		if (!pane_io_drain(io))
			pane_io_exited(io);
		echo_settle(io);
		return;
	}
	if (pending == PENDING_NO && !io->consumed) {
		io->consumed = true;
		io->consumed_at = now;
	}
	if (pending == PENDING_UNKNOWN) {
		if (now >= since + BUSY_AFTER) {
			echo_settle(io);
			return;
		}
	} else if (io->consumed) {
		quiet = io->consumed_at > io->last_output ? io->consumed_at : io->last_output;
		if (now >= quiet + SETTLE_QUIET) {
			echo_settle(io);
			return;
		}
		echo_set_check(io, quiet + SETTLE_QUIET);
		return;
	}
	if (now >= since + SETTLE_GIVE_UP) {
		echo_settle(io);
		return;
	}
	if (!io->busy && now >= since + BUSY_AFTER) {
		io->busy = true;
		io->server->screen_version++;
	}
	if (io->check_step < 5)
		io->check_step++;
	echo_set_check(io, now + (USEC_PER_MSEC << io->check_step));
}

bool
pane_echo_get(struct pane *p, uint32_t client, bool exact, struct pane_echo_state *st)
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
		echo_look(io);
	}
	st->busy = io->busy;
	echo_flags(io);
	st->tty = io->tty;
	st->reading = exact && io->reading;
	st->program = exact ? io->program : 0;
	return (true);
}

void
pane_echo_forget(struct pane *p, uint32_t client)
{
	struct pane_io		*io = p->io;
	struct echo_track	*t;

	if (io == NULL)
		return;
	if ((t = echo_track(io, client, false)) != NULL)
		memset(t, 0, sizeof *t);
	if (!io->watched)
		return;
	/* Whoever else guesses will ask again. */
	io->watched = io->reading = false;
	echo_set_look(io, USEC_NEVER);
	io->server->screen_version++;
}

void
pane_echo_init(struct pane_io *io)
{
	io->check_at = io->look_at = USEC_NEVER;
	os_pty_flags(io->pty.master, &io->tty);
}

void
pane_echo_fini(struct pane_io *io)
{
	echo_set_check(io, USEC_NEVER);
	echo_set_look(io, USEC_NEVER);
	free(io->echo);
	io->echo = NULL;
}
