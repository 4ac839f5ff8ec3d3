/* SPDX-License-Identifier: ISC */
#ifndef LIB_REMOTE_H
#define LIB_REMOTE_H

/*
 * "Over there": a server reached by a stand-in for ssh (fake-ssh) and by UDP
 * through tool-udprelay, all on loopback and private to the test.
 */

#include <sys/socket.h>

#include "e2e/lib-rmux.h"

/* A session "main" on the server over there, its relay, and whether there is
 * UDP at all.  Ends the test as skipped where $RMUX is not ours. */
void		 remote_init(int cols, int rows);
/* A client of it: rmux attach --ssh= --udp= ...; more options or NULL. */
struct term	*remote_attach(int cols, int rows, const char *options);
/* A command to the relay. */
void		 relay(const char *, ...) __attribute__((format(printf, 1, 2)));
/* Numbers of the relay. */
struct relay_stats {
	long	up, down, lost, last_ms;
};
struct relay_stats relay_stats(void);
/* Packets go both ways through the relay by now; ssh is gone. */
bool		 remote_on_udp(struct term *);
/* The client needs its ssh no more. */
bool		 remote_no_ssh(struct term *);
int		 relay_port(void);
const char	*fake_ssh(void);
/* A port that nobody has: SOCK_DGRAM, SOCK_STREAM. */
int		 free_port(int type);

#endif
