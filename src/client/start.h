/* SPDX-License-Identifier: ISC */

/* start.h - before there is a client: where the server's socket is, and -c. */

#ifndef CLIENT_START_H
#define CLIENT_START_H

/*
 * The path of the server's socket: -S, or -L in the user's directory, or the server
 * of the pane we run in ($RMUX), or "default".  The directory is made and checked.
 * To be freed; NULL and *cause on failure.
 */
char	*client_socket_path(const char *path, const char *name, char **cause);

/* -c: replace ourselves by the shell.  Returns only on failure. */
int	 client_run_shell(const char *command);

#endif
