/* SPDX-License-Identifier: ISC */

/*
 * pane-echo.h - what is known of how a pane answers to what clients type.
 *
 * Invariant: `settled' never passes input that the program has not had the chance to answer.
 */

#ifndef SERVER_PANE_ECHO_H
#define SERVER_PANE_ECHO_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "model/pane.h"
#include "os/pty.h"

struct server;

/*
 * After input of a client up to this offset of its log was written.  exact: the client
 * predicts, so find out when it was answered.  plain: it was text, whose echo on the screen
 * says enough; that it is settled may wait for the next picture.
 */
void	 pane_echo_accepted(struct pane *, uint32_t client, uint64_t offset, bool exact,
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
bool	 pane_echo_get(struct pane *, uint32_t client, bool exact, struct pane_echo_state *);
/* The client is gone. */
void	 pane_echo_forget(struct pane *, uint32_t client);

/* Look where it is time to; when it will be next. */
usec_t	 pane_echo_tick(struct server *);

#endif
