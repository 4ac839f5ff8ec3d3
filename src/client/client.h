/* SPDX-License-Identifier: ISC */

/*
 * client.h - the program a user sees: one terminal, one connection.
 *
 * client.c has the loop, client-int.h tells what its parts are.  Beside it are link.c, the
 * ways to the server (Unix socket, ssh's stdio, UDP); ssh.c, the run of ssh; screen.c,
 * replica, predictions and drawing; relay.c, the far end of the ssh.
 */

#ifndef CLIENT_CLIENT_H
#define CLIENT_CLIENT_H

#include <stdbool.h>
#include <stddef.h>

/* Exit codes (also in the man page). */
#define CLIENT_EXIT_OK		0
#define CLIENT_EXIT_ERROR	1
#define CLIENT_EXIT_USAGE	2
#define CLIENT_EXIT_LOST	5	/* the connection, for good */
#define CLIENT_EXIT_VERSION	7	/* the two sides do not fit */

struct client_args {
	const char	*socket_path;
	const char	*host;		/* NULL: here */
	const char	*ssh;		/* command, split into words as by a shell; NULL: "ssh" */
	const char	*server;	/* the rmux over there; NULL: find it */
	const char	*udp;		/* "HOST[:PORT]" to send datagrams to, or NULL */
	const char	*remote_socket;	/* -S or -L for the far side: full text, or NULL */
	bool		 remote_socket_is_name; /* it was -L */
	const char	*remote_ports;	/* -p for the far side, or NULL */
	int		 family;	/* 4, 6; 0 any */
	int		 ssh_port;	/* of ssh://host:port; 0 */
	const char	*features;	/* -T */
	bool		 utf8;		/* -u: do not ask the locale */
	bool		 control, control_cc;
	bool		 no_start;	/* -N */
	const char	*program;	/* "rmux 0.1" */
	int		 argc;
	char		**argv;		/* the command */
	/*
	 * Start a server at socket_path; NULL if this command may not.  0, or -1 and
	 * *cause.
	 */
	int		 (*start_server)(void *arg, char **cause);
	void		 *start_arg;
};

/* Returns the exit code. */
int	client_main(const struct client_args *);

/* "user@host", "ssh://user@host:port": *port 0 if none given.  NULL and *cause if unfit. */
char	*client_parse_host(const char *, int *port, char **cause);

/*
 * The far end: join stdin and stdout with the server's socket.  start as above.  Returns
 * the exit code.
 */
int	relay_main(const char *socket_path, int (*start)(void *, char **), void *arg);

#endif
