/* SPDX-License-Identifier: ISC */

/* start.h - what main.c needs of the server. */

#ifndef SERVER_START_H
#define SERVER_START_H

#include <stdbool.h>

/* What a starter gives. */
struct server_start {
	const char	*socket_path;
	const char	*udp_ports;
	char		**config_paths;	/* NULL: the defaults */
	int		 config_count;
	bool		 foreground;	/* -D */
	bool		 as_tmux;
};

/*
 * Start a daemon (or stay in front) and return 0 when it listens, or -1 and *cause.
 * In the daemon it never returns.  Only one of several starters at a time gets to work: the
 * others find the server that it started.
 */
int	server_start(const struct server_start *, char **cause);

/* May a client start a server for this command? */
bool	server_command_starts(int argc, char *const *argv);

/* First thing in main(): so that ps can show what we are. */
void	server_title_init(int argc, char **argv);

#endif
