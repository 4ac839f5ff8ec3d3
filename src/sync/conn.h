/* SPDX-License-Identifier: ISC */
#ifndef SYNC_CONN_H
#define SYNC_CONN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/rng.h"
#include "wire/messages.h"
#include "wire/reader.h"
#include "wire/writer.h"

/*
 * One end of a connection: packets, acknowledgements, loss, pacing, paths,
 * keepalive.  No sockets, no clock, no crypto: datagrams, the time and the
 * sealing are arguments.  The owner's loop is
 *
 *	something came:		conn_input()
 *	the app has news:	conn_wake()
 *	after either, and at conn_deadline():
 *		while ((n = conn_output(c, now, buf, sizeof buf, &to)) > 0)
 *			send buf to "to"
 *
 * Time never goes back; a `now' that does counts as the one before.  No
 * function may be called from within a callback, but for conn_wake(),
 * conn_close(), conn_active() and those that only look.
 */
struct conn;

/*** Paths ***/

struct conn_addr {
	uint8_t		family;		/* MSG_ADDR_V4, MSG_ADDR_V6; 0 none */
	uint8_t		ip[16];		/* v4 in the first 4, rest 0 */
	uint16_t	port;		/* host order */
	uint32_t	scope;		/* v6 interface, else 0 */
};

/*
 * Where a datagram came from or goes to.  Two paths are the same if every
 * field is; so leave none uninitialised (start with memset).
 */
struct conn_path {
	struct conn_addr	remote;
	struct conn_addr	local;	/* address of ours; family 0: any */
	uint32_t		id;	/* the owner's: which socket or link */
	bool			stream;	/* ssh or Unix socket: bytes in order */
};
bool	conn_addr_equal(const struct conn_addr *, const struct conn_addr *);
bool	conn_path_equal(const struct conn_path *, const struct conn_path *);

/* Same host, another port: what a NAT does when it forgets. */
bool	conn_path_rebound(const struct conn_path *, const struct conn_path *);

/*** What travels ***/

/* In the order in which they are let into a packet. */
enum conn_class {
	CONN_CLASS_INPUT,	/* INPUT; INPUT_ACK and ECHO */
	CONN_CLASS_FOCUS,	/* the focused pane */
	CONN_CLASS_LAYOUT,	/* layout, titles, status; VIEW */
	CONN_CLASS_VISIBLE,	/* other panes that are shown */
	CONN_CLASS_STREAM,	/* replies, clipboard.  From here on: a tenth */
	CONN_CLASS_HISTORY,	/* of a busy link at least */
	CONN_CLASS_BULK,	/* files; panes that are not shown */
	CONN_CLASS_COUNT,
};

/*
 * What the app wants to be told about when the packet's fate is known.  By
 * convention kind is the type of the frame; the rest is the app's.  Each note
 * comes back exactly once: by acked(), or by lost() (also when it merely
 * seems lost, when the path changes and when the connection is freed).
 */
struct sent_note {
	uint8_t		 kind;
	uint32_t	 a;
	uint64_t	 b;
	uint64_t	 c;
	void		*p;
};
#define PACKET_NOTES_MAX	256	/* in one packet */

/*
 * A packet being built.  Only the fields up to the line are for the app.
 */
struct packet {
	usec_t		 now;
	uint64_t	 pn;
	bool		 reliable;	/* repeat nothing, nothing is lost */
	bool		 duplicate;	/* the spaced duplicate of input */
	bool		 dup_ok;	/* out: duplicate this, it is input */
	/* ---- */
	struct writer	 w;
	size_t		 mark;		/* start of the open frame */
	bool		 open;
	bool		 eliciting;
	bool		 has_input;	/* app frames of CLASS_INPUT in it */
	struct conn	*conn;
	unsigned	 notes_count;
	unsigned	 frames_count;
	unsigned	 cids;		/* ids said in it, by slot */
	unsigned	 rekey;		/* frames about keys in it */
	size_t		 low;		/* bytes of CLASS_STREAM and below */
	bool		 pictures;	/* any of FOCUS to VISIBLE in it */
};

/* Room for the next frame, type byte included; 0 when a frame is open. */
size_t		 packet_left(const struct packet *);

/*
 * Write one frame: begin writes the type and gives the writer for the rest,
 * end closes it and attaches the note (NULL for none).  If the frame did not
 * fit, or there are too many notes, end takes all of it back and returns
 * false.  The writer ends at the limit, so an encoder may look at
 * writer_left().  cancel takes the open frame back.
 */
struct writer	*packet_begin(struct packet *, uint8_t type);
bool		 packet_end(struct packet *, const struct sent_note *);
void		 packet_cancel(struct packet *);

/* A further note for the packet; false if there are too many. */
bool		 packet_note(struct packet *, const struct sent_note *);

/*** The two tables that the owner gives ***/

/*
 * Sealing; see seal/seal.h, whose functions have this shape.  seal returns
 * the length of the datagram, open that of the plain text; negative: refused.
 * open must refuse what it has opened before.  CONN_SEAL_WORN from either
 * says that the keys may not be used any more, and closes the connection.
 */
#define CONN_SEAL_WORN	(-5)

/* Changing keys; see seal/phase.h, whose functions these are. */
struct conn_rekey_ops {
	int	 (*ask)(void *arg, uint8_t pub[MSG_PUB_LEN]);
	int	 (*answer)(void *arg, uint64_t phase,
		    const uint8_t theirs[MSG_PUB_LEN],
		    uint8_t ours[MSG_PUB_LEN]);
	int	 (*finish)(void *arg, uint64_t phase,
		    const uint8_t theirs[MSG_PUB_LEN]);
	uint64_t (*phase)(void *arg);		/* that is sealed under */
	bool	 (*old)(void *arg);		/* is there an old key? */
	void	 (*old_wipe)(void *arg);
};

struct conn_seal_ops {
	int	(*seal)(void *arg, uint64_t pn, const uint8_t *plain,
		    size_t n, uint8_t *out, size_t cap);
	int	(*open)(void *arg, const uint8_t *datagram, size_t n,
		    uint8_t *plain, size_t cap, uint64_t *pn);
	size_t	  overhead;	/* bytes that seal adds */
	/* Client: the id for the datagrams to come.  May be NULL. */
	void	(*use_cid)(void *arg, const uint8_t cid[MSG_CID_LEN]);
	const struct conn_rekey_ops *rekey;	/* NULL: keys stay */
};

struct conn_app_ops {
	/*
	 * One frame, type FRAME_APP_FIRST to FRAME_APP_LAST, of an authentic
	 * packet that was never seen before.  Read exactly this frame from r.
	 * 0; or a CLOSE_ code as a negative number: the connection closes.
	 * A reader gone bad closes it too, so check that before acting.
	 */
	int	(*frame)(void *arg, uint8_t type, struct reader *r,
		    uint64_t pn);

	/* Add frames of this class, as many as wanted and fit. */
	void	(*fill)(void *arg, enum conn_class cls, struct packet *);

	/*
	 * When fill will have something in the classes up to and with last:
	 * now or earlier if it has already, USEC_NEVER if nothing is coming.
	 */
	usec_t	(*due)(void *arg, usec_t now, enum conn_class last);

	void	(*acked)(void *arg, const struct sent_note *);
	void	(*lost)(void *arg, const struct sent_note *);

	/*
	 * All frames of a datagram were given.  The place to settle what hangs
	 * on several frames.  May be NULL.
	 */
	void	(*batch)(void *arg);

	/*
	 * Client: the server says where else it can be reached; the owner may
	 * answer later with CONN_EVENT_PATH_ADD.  May be NULL.
	 */
	void	(*server_addrs)(void *arg, const struct conn_addr *,
		    unsigned n);

	/*
	 * Server: make one more connection id and send what comes under it
	 * here, from now on; false: none to be had.  And: an id is not used
	 * any more, that of the config included.  Both or neither.
	 */
	bool	(*cid_new)(void *arg, uint8_t cid[MSG_CID_LEN]);
	void	(*cid_gone)(void *arg, const uint8_t cid[MSG_CID_LEN]);
};

enum conn_role {
	CONN_CLIENT,
	CONN_SERVER,
};

struct conn_config {
	enum conn_role			 role;
	bool				 reliable;	/* Unix socket */
	size_t				 packet_max;	/* 0: by the path */
	struct rng			*rng;
	const struct conn_seal_ops	*seal;	/* NULL: in clear, local */
	void				*seal_arg;
	const struct conn_app_ops	*app;
	void				*app_arg;
	/* Packets until new keys; 0 for REKEY_PACKETS. */
	uint64_t			 rekey_packets;
	/* The connection id agreed on; borrowed.  NULL: there are none. */
	const uint8_t			*cid;
	/* Client; 0 for the default of wire/messages.h. */
	usec_t				 keepalive_active_us;
	usec_t				 keepalive_idle_us;
};

/*** The connection ***/

enum conn_state {
	CONN_CONNECTING,	/* client: nothing heard; server: same */
	CONN_OPEN,
	CONN_CLOSING,		/* we said CLOSE, or are about to */
	CONN_CLOSED,		/* nothing moves any more */
};

/*
 * The tables, the rng and their arguments are borrowed and must outlive the
 * connection: conn_free() still gives notes back by lost().
 */
struct conn	*conn_new(const struct conn_config *, usec_t now);
void		 conn_free(struct conn *);

/* Why conn_input() dropped a datagram (never fatal), besides seal errors. */
enum conn_drop {
	CONN_DROP_CLOSED = -100,
	CONN_DROP_SIZE = -101,
};

/* A datagram came.  0; or negative: dropped, and why. */
int		 conn_input(struct conn *, usec_t now,
		    const struct conn_path *from, const uint8_t *, size_t);

/*
 * Build the next datagram.  Returns its length and where to send it, or 0 if
 * there is none now; call until 0.  cap: at least DATAGRAM_STREAM if there
 * are stream paths, else DATAGRAM_MAX.
 */
size_t		 conn_output(struct conn *, usec_t now, uint8_t *, size_t cap,
		    struct conn_path *to);

/*
 * The byte stream takes no more for now, or has room again: say so before
 * conn_output().  Meanwhile nothing is built for it, and no deadline asks for
 * that; for other paths all goes on.
 */
void		 conn_stream_full(struct conn *, bool full);

/* When to call conn_output() next even if nothing happens. */
usec_t		 conn_deadline(struct conn *);

/*
 * The app has something new; conn_deadline() may have changed.  Each call lets
 * one packet of CLASS_INPUT past a full window, so that a key is tried at once
 * when nothing is heard: call it for what is fresh, not for repetition.
 */
void		 conn_wake(struct conn *);

/*
 * Say goodbye: CLOSE goes out (three times at most, if not answered), then
 * the state is CONN_CLOSED.  The reason is cut at CLOSE_REASON_MAX.
 */
void		 conn_close(struct conn *, usec_t now, uint64_t code,
		    const char *reason);

enum conn_event {
	/*
	 * Client: here is one more path to try.  It is raced if the session
	 * has no path yet or a worse one.  Datagram paths before stream
	 * paths: one without the other is used at once.
	 */
	CONN_EVENT_PATH_ADD,
	/* This path is gone (socket closed, ssh ended). */
	CONN_EVENT_PATH_DEL,
	/*
	 * Client: we moved, use this path from now on (same server address,
	 * new socket).  Probed at once, padded.  Then PATH_DEL those of the
	 * old socket and PATH_ADD the other candidates of the new one.
	 */
	CONN_EVENT_PATH_CHANGED,
	/*
	 * Client: the same, only in the hope of a fresh NAT mapping: nothing
	 * is known to have changed, so the retry schedule goes on.  When: at
	 * conn_stats.hop_at.  The owner still listens on the old socket; if
	 * it cannot have another, it says so by giving the path in use.
	 */
	CONN_EVENT_PATH_HOP,
	/*
	 * The network changed under the same sockets, or the user asks to try
	 * again: probe at once, start the retry schedule over.
	 */
	CONN_EVENT_NETWORK,
	/* The machine slept.  As NETWORK, and times measured across it lie. */
	CONN_EVENT_SUSPENDED,
};

/* path is NULL for the last two. */
void		 conn_event(struct conn *, usec_t now, enum conn_event,
		    const struct conn_path *path);

/*
 * Client: the user is there (typed, or looks at the terminal) and will count
 * as there until `until'; shortens the keepalive interval.
 */
void		 conn_active(struct conn *, usec_t until);

/*
 * New keys now, or (server) as soon as the client has been asked.  Without
 * this they are made by themselves, after REKEY_US and so on.
 */
void		 conn_rekey(struct conn *, usec_t now);

/* Server: other addresses of ours, told to the client once.  At most
 * SERVER_ADDRS_MAX. */
void		 conn_set_addrs(struct conn *, const struct conn_addr *,
		    unsigned n);

enum conn_state	 conn_state(const struct conn *);

/*
 * Why it is closing or closed: the code, whether the peer said so, and a
 * text without control characters, never NULL, valid as long as c.
 */
uint64_t	 conn_close_code(const struct conn *, bool *by_peer);
const char	*conn_error(const struct conn *);

struct conn_stats {
	usec_t		 srtt_us;	/* of the active path */
	usec_t		 rttvar_us;
	usec_t		 rtt_min_us;	/* of the last 10 s */
	usec_t		 rtt_latest_us;
	bool		 rtt_known;	/* false: the above are guesses */
	usec_t		 frame_interval_us;	/* least between pictures */
	unsigned	 loss_ppm;	/* of the last LOSS_SAMPLE packets */
	usec_t		 last_heard;	/* 0: never */
	usec_t		 stale_at;	/* then show "last contact" */
	usec_t		 silent_at;	/* server: then it says no more to a client */
	usec_t		 hop_at;	/* client: then try a new port */
	uint64_t	 bytes_in, bytes_out;		/* datagrams */
	uint64_t	 packets_in, packets_out;
	uint64_t	 packets_lost, packets_spurious;
	uint64_t	 packets_dropped;	/* on input */
	uint64_t	 duplicates;	/* spaced ones sent */
	uint64_t	 moves;		/* times the path changed */
	size_t		 in_flight, window;	/* bytes, active path */
	size_t		 packet_max;	/* datagram size now */
	bool		 path_known;	/* path is valid */
	bool		 path_validated;
	bool		 silent;	/* server: waits for the client */
	bool		 rekeying;	/* client: new keys are asked for */
	struct conn_path path;		/* the active one */
};
void		 conn_stats(const struct conn *, struct conn_stats *);

/*
 * Could a packet with screens leave now, as far as window and pacing go?
 * For an app that wants to cut its picture at the last moment.
 */
bool		 conn_can_send(struct conn *);

#endif /* SYNC_CONN_H */
