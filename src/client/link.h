/* SPDX-License-Identifier: ISC */

/*
 * link.h - the ways to the server: a byte stream (Unix socket or ssh), and UDP.
 *
 * Packets go in and out by struct conn_path; this file knows sockets, not what is in them.
 * UDP sockets are not connected, one per family, so that they follow the system's routes; a
 * move opens new ones.
 */

#ifndef CLIENT_LINK_H
#define CLIENT_LINK_H

#include <event2/event.h>

#include "os/sock.h"
#include "sync/conn.h"

struct links;

struct links_ops {
	/* A packet came. */
	void	(*packet)(void *arg, const struct conn_path *, const uint8_t *, size_t);
	/* The byte stream ended. */
	void	(*stream_end)(void *arg, const struct conn_path *);
	/* There is room again. */
	void	(*writable)(void *arg);
};

struct links	*links_new(struct event_base *, const struct links_ops *, void *arg);
void		 links_free(struct links *);
/* Take a connected byte stream; first: bytes of it that were read already. */
void		 links_stream(struct links *, int fd, const void *first, size_t n,
		    struct conn_path *);
void		 links_stream_close(struct links *);
bool		 links_stream_open(const struct links *);
/* Say how many bytes are queued on it, so that no more packets are made. */
bool		 links_full(const struct links *);
/* Raw bytes before the packets (the kind of connection). */
void		 links_stream_raw(struct links *, const void *, size_t);
/* The path to an address, opening the socket of its family; false if there is none. */
bool		 links_udp_path(struct links *, const struct os_addr *, struct conn_path *);
/* New sockets, new source ports: the machine moved.  Old ones are heard a minute longer. */
void		 links_udp_renew(struct links *, usec_t now);
void		 links_expire(struct links *, usec_t now);
/* The same remote as path, by the sockets in use now. */
bool		 links_udp_again(struct links *, const struct conn_path *, struct conn_path *);
void		 links_send(struct links *, const struct conn_path *, const uint8_t *, size_t);
/* Write out what is queued, blocking for at most so many milliseconds. */
void		 links_flush(struct links *, int timeout_ms);

#endif
