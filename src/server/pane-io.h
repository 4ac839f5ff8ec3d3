/* SPDX-License-Identifier: ISC */

/*
 * pane-io.h - a pane and its program: pty to emulator, keys to pty, exit.
 *
 * Invariants:
 *  1. The pty is read whether or not any client is attached, slow or gone.
 *  2. What clients typed goes to the program in the order it was accepted, whole or not
 *     at all: an entry is accepted only if it fits the queue (PANE_INPUT_MAX), so a
 *     program that does not read holds back the client, never the server.
 */

#ifndef SERVER_PANE_IO_H
#define SERVER_PANE_IO_H

#include <sys/types.h>
#include <stdbool.h>

#include "model/pane.h"
#include "os/pty.h"

struct server;
struct pane_io;

#define PANE_INPUT_MAX	65536		/* bytes queued from clients, then back-pressure */
#define PANE_QUEUE_MAX	(64 << 20)	/* bytes queued by pastes and commands */

/* What to run.  argv NULL and command NULL: a login shell. */
struct pane_spawn {
	char *const	*argv;
	const char	*command;
	const char	*shell;
	const char	*cwd;
	char *const	*env;
};
/* Start a program in a pane that has none.  0, or -1 and *cause. */
int	 pane_io_spawn(struct server *, struct pane *, const struct pane_spawn *, char **cause);
/* End of the pane: close the pty (its program gets SIGHUP), stop pipes. */
void	 pane_io_close(struct pane *);
/* Tell the kernel the size now. */
void	 pane_io_resize(struct pane *);

/* Bytes for the program.  limited: obey PANE_INPUT_MAX; false if refused or no program. */
bool	 pane_io_write(struct pane *, const void *, size_t, bool limited);
size_t	 pane_io_room(struct pane *);

/*
 * Panes that had output since the last turn: events of the emulator are due.  Each is handed
 * out once per turn.
 */
void	 pane_io_changed(struct server *, void (*)(struct server *, struct pane *));

/* A child ended; true if it belonged to a pane. */
bool	 pane_io_child(struct server *, pid_t, int status);
/* Foreground program and directory, asked at most once in 100 ms. */
const char *pane_io_command(struct pane *);
const char *pane_io_path(struct pane *);

/* pipe-pane: child gets output and/or gives input.  NULL command: stop. */
int	 pane_io_pipe(struct pane *, const char *command, bool in, bool out, char **cause);
bool	 pane_io_piped(struct pane *);

#endif
