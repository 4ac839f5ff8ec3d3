/* SPDX-License-Identifier: ISC */
#ifndef LIB_RMUX_H
#define LIB_RMUX_H

/*
 * A private server for one test, commands to it, and clients in terminals.
 *
 * The program is $RMUX, the socket $TMPDIR/s, the configuration one line.
 * Nothing is shared with other tests, so all of them may run at the same time.  At the
 * end only what was started here is ended.
 *
 * $RMUX may be tmux: most of the local tests hold for it too, which tells
 * mistakes of a test from mistakes of the program.  mux_is_rmux() is for the
 * few that cannot.
 */

#include <sys/types.h>
#include <stdbool.h>

#include "e2e/lib-term.h"
#include "tap.h"

/* Set up; ends the test as skipped where there is no libvterm. */
void		 mux_init(void);
/* End everything: whether the server lived and went when told, and what the
 * sanitizers reported (NULL: nothing). */
void		 mux_finish(bool *good, const char **reports);
/* The server is meant to be gone by now. */
void		 mux_expect_no_server(void);

bool		 mux_is_rmux(void);
const char	*mux_program(void);
const char	*mux_dir(void);		/* $TMPDIR */
const char	*mux_socket(void);
/* A file in $TMPDIR; strings to be freed never. */
const char	*mux_file(const char *name);
void		 mux_write_file(const char *name, const char *text);
const char	*mux_read_file(const char *name);	/* "" if none */
bool		 mux_file_wait(const char *name);	/* until it exists */

/*
 * Run a command of rmux: a piece of shell command line.  Returns what it
 * printed, without the last newline; to be used before the next call.
 */
const char	*mux(const char *, ...) __attribute__((format(printf, 1, 2)));
const char	*mux_err(void);		/* what it printed to stderr */
int		 mux_status(void);
/* Any shell command in the same way. */
const char	*shell(const char *, ...) __attribute__((format(printf, 1, 2)));
/* Again and again until its output is what is wanted. */
bool		 mux_until(const char *want, const char *, ...)
		    __attribute__((format(printf, 2, 3)));
/* The same until want is in it. */
bool		 mux_until_has(const char *want, const char *, ...)
		    __attribute__((format(printf, 2, 3)));
/* A point: the command is done without a word. */
#define mux_ok(...)	ok(mux_good(__VA_ARGS__), "done: " __VA_ARGS__)
bool		 mux_good(const char *, ...)
		    __attribute__((format(printf, 1, 2)));

/* A client in a terminal: rmux with these arguments. */
struct term	*mux_client(int cols, int rows, const char *, ...)
		    __attribute__((format(printf, 3, 4)));
struct term	*mux_client_env(int cols, int rows, const char *const env[],
		    const char *, ...) __attribute__((format(printf, 4, 5)));
/* A session "main" whose window "first" has one /bin/sh with the prompt "$ ",
 * and a client in it. */
struct term	*mux_new(int cols, int rows);

/* Processes other than the server, ended at the end: by id. */
pid_t		 start_process(int *in, int *out, const char *, ...)
		    __attribute__((format(printf, 3, 4)));
void		 end_process(pid_t);
/* One line of what a process prints; false at its end or the deadline. */
bool		 read_line(int fd, char *, size_t);
bool		 process_gone(pid_t);
pid_t		 mux_server_pid(void);
/* It has ended; another may come. */
void		 mux_forget_server(void);

/* The last points, the plan, and the status for main to return. */
static inline int
mux_done(void)
{
	const char	*reports;
	bool		 good;

	mux_finish(&good, &reports);
	ok(good, "the server lives to the end of the test, and ends when told");
	if (reports != NULL) {
		fail("the sanitizers find no fault");
		diag("%s", reports);
	}
	return (done_testing());
}

#endif
