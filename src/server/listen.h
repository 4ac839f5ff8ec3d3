/* SPDX-License-Identifier: ISC */

/*
 * listen.h - where clients come from: the Unix socket, and one UDP port for all.
 *
 * A connection on the Unix socket says with its first byte what it is: a local client
 * (framed packets in clear) or the far end of an ssh (two lines about keys, then framed
 * sealed packets).  Datagrams are found their peer by connection id: one look-up and at
 * most one attempt to open, whoever sends them, and never an answer to a stranger.
 */

#ifndef SERVER_LISTEN_H
#define SERVER_LISTEN_H

#include <sys/types.h>
#include <stdbool.h>
#include <stdint.h>

#include "sync/conn.h"

struct peer_link;
struct listen_state;
struct peer;
struct server;

/* Take the listening Unix socket; open UDP ports lazily with listen_udp(). */
struct listen_state *listen_new(struct server *, int unix_fd);
void	 listen_free(struct listen_state *);
void	 listen_close_unix(struct listen_state *);
/* The server's UDP port, opened at the first need; 0 and *cause if there is none. */
uint16_t listen_udp_port(struct server *, char **cause);
/* UDP peers by connection id; the first four bytes are unique. */
void	 listen_add_cid(struct server *, const uint8_t *cid, struct peer *);
void	 listen_del_cid(struct server *, const uint8_t *cid);
bool	 listen_cid_free(struct server *, const uint8_t *cid);
/* Send what a connection has to say.  False: it would block. */
bool	 listen_send_udp(struct server *, const struct conn_path *, const uint8_t *, size_t);
/* At the end of a turn: write what was queued. */
void	 listen_flush(struct server *);
/* "udp 192.0.2.1:60001" or "ssh". */
void	 listen_path_text(const struct conn_path *, char *, size_t);

/* A byte stream that carries framed packets of one peer. */
#define LINK_PATH_ID	16u	/* ids of paths: 0 and 1 are the UDP sockets */
uint32_t link_id(const struct peer_link *);
bool	 link_send(struct peer_link *, const uint8_t *, size_t);
bool	 link_full(const struct peer_link *);
void	 link_set_peer(struct peer_link *, struct peer *);
/* Flush what can be, then close. */
void	 link_close(struct peer_link *);
pid_t	 link_pid(const struct peer_link *);

#endif
