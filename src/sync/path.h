/* SPDX-License-Identifier: ISC */
#ifndef SYNC_PATH_H
#define SYNC_PATH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "sync/cc.h"
#include "sync/conn.h"
#include "sync/rtt.h"

/*
 * What is known of one path.  A connection has PATHS_MAX places for them; a
 * place that is used again gets a new serial, by which packets in flight find
 * out that their path is no more.
 */
struct path {
	bool			used;
	uint32_t		serial;
	struct conn_path	addr;
	usec_t			heard;		/* 0: never */
	uint64_t		in;		/* bytes, for the 3 x rule */
	uint64_t		out;
	bool			validated;

	/* The challenge that we send. */
	bool			probing;	/* an answer is waited for */
	uint8_t			token[PATH_DATA_LEN];
	unsigned		tries;
	usec_t			probe_start;
	usec_t			probe_at;	/* next try, or the verdict */

	/* The answer that we owe. */
	bool			reply;
	uint8_t			reply_token[PATH_DATA_LEN];

	/* Client: candidates in a race. */
	unsigned		race_step;
	usec_t			race_start;
	usec_t			race_at;	/* USEC_NEVER: not racing */

	unsigned		pad;	/* datagrams still to be padded */
	struct rtt		rtt;
	struct cc		cc;
	size_t			low_flight;	/* of in_flight, streams and below */
	size_t			size;	/* of datagrams, now */
	size_t			size_max;
	unsigned		big_sent;	/* above DATAGRAM_MIN */
	unsigned		big_lost;
	size_t			big_least;	/* smallest of those lost */
	usec_t			raise_at;

	/* The search upwards. */
	size_t			probe_size;	/* in flight; 0: none */
	unsigned		probe_tries;	/* of this size */
	usec_t			search_at;	/* not before */

	uint64_t		acked;	/* highest acked of those sent here */
	bool			acked_any;
	usec_t			loss_at;	/* timer of loss detection */
};

void	path_init(struct path *, const struct conn_path *, uint32_t serial,
	    size_t packet_max, bool reliable);

/* Keep what was learnt of a host that only changed its port. */
void	path_inherit(struct path *, const struct path *from);

/* What may be sent to it now under the 3 x rule. */
size_t	path_budget(const struct path *, bool server);

/* Datagram sizes when big ones are lost or got through. */
void	path_size_lost(struct path *, usec_t now, size_t);
void	path_size_acked(struct path *, size_t);
void	path_size_raise(struct path *, usec_t now);

/* The next larger size, if it is time to try one; else 0. */
size_t	path_probe_next(const struct path *, usec_t now);
void	path_probe_sent(struct path *, usec_t now, size_t);
void	path_probe_acked(struct path *);
void	path_probe_lost(struct path *, usec_t now);
/* Nobody knows what became of it. */
void	path_probe_left(struct path *);

#endif /* SYNC_PATH_H */
