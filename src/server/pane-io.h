/* SPDX-License-Identifier: ISC */

/*
 * pane-io.h - a pane and its program: pty to emulator, keys to pty, exit.
 *
 * Invariants:
 *  1. The pty is read whether or not any client is attached, slow or gone.
 *  2. What clients typed goes to the program in the order it was accepted, whole or not
 *     at all: an entry is accepted only if it fits the queue (PANE_INPUT_MAX), so a
 *     program that does not read holds back the client, never the server.
 *  3. `settled` never passes input that the program has not had the chance to answer.
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
 * After input of a client up to this offset of its log was written.  exact: the client
 * predicts, so find out when it was answered.  plain: it was text, whose echo on the screen
 * says enough; that it is settled may wait for the next picture.
 */
void	 pane_io_accepted(struct pane *, uint32_t client, uint64_t offset, bool exact,
	    bool plain);

/* What a client may know of the echo of what it typed. */
struct pane_echo_state {
	uint64_t		 accepted, settled;
	bool			 busy;
	struct os_tty_flags	 tty;
	bool			 reading;	/* the program waits for a line */
	uint32_t		 program;	/* view_program() of it, or 0 */
};
/* False if the pane has no program.  exact: the client guesses, and wants the last two. */
bool	 pane_io_echo(struct pane *, uint32_t client, bool exact, struct pane_echo_state *);
void	 pane_io_forget_client(struct pane *, uint32_t client);

/*
 * Panes that had output or wait for an echo since the last turn: events of the emulator are
 * due.  Each is handed out once per turn.
 */
void	 pane_io_changed(struct server *, void (*)(struct server *, struct pane *));
/* Earliest deadline of the above; those that are due are checked. */
usec_t	 pane_io_tick(struct server *);

/* A child ended; true if it belonged to a pane. */
bool	 pane_io_child(struct server *, pid_t, int status);
/* Foreground program and directory, asked at most once in 100 ms. */
const char *pane_io_command(struct pane *);
const char *pane_io_path(struct pane *);

/* pipe-pane: child gets output and/or gives input.  NULL command: stop. */
int	 pane_io_pipe(struct pane *, const char *command, bool in, bool out, char **cause);
bool	 pane_io_piped(struct pane *);

#endif
