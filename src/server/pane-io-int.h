/* SPDX-License-Identifier: ISC */
#ifndef SERVER_PANE_IO_INT_H
#define SERVER_PANE_IO_INT_H

/* What pane-io.c and pane-echo.c share; nobody else includes this. */

#include <sys/types.h>

#include <event2/event.h>

#include "base/buf.h"
#include "base/list.h"
#include "server/pane-io.h"

struct echo_track;

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

/* pane-io.c: read what is there, within bounds; false if the pty is closed. */
bool	pane_io_drain(struct pane_io *);
/* It is closed. */
void	pane_io_exited(struct pane_io *);

/* pane-echo.c: the pty is open; the pane had output; the pane goes. */
void	pane_echo_init(struct pane_io *);
void	pane_echo_output(struct pane_io *);
void	pane_echo_fini(struct pane_io *);

#endif
