/* SPDX-License-Identifier: ISC */
#ifndef SYNC_CONN_INT_H
#define SYNC_CONN_INT_H

#include "sync/conn.h"
#include "sync/path.h"
#include "sync/ranges.h"
#include "sync/sent.h"

/* The inside of a connection, for conn.c, conn-recv.c and conn-send.c. */

/*
 * A test program may compile these files with faults planted in them, to see
 * that the simulation notices.
 */
#ifndef CONN_PLANT
#define CONN_PLANT(fault)	false
#endif

#define CONN_NO_PATH	(-1)
#define CONN_CLOSE_SENDS	3
#define CONN_TEXT_MAX	256

struct conn_cid {
	bool		used;
	bool		due;		/* to be said, NEW_CID or RETIRE_CID */
	bool		acked;		/* server: the client has it */
	bool		taken;		/* client: by this socket */
	bool		retired;	/* client: being given back */
	uint32_t	socket;
	uint64_t	seq;
	uint64_t	since_pn;	/* older packets mean another */
	usec_t		idle_at;	/* client: to be retired; or NEVER */
	uint8_t		id[MSG_CID_LEN];
};

struct conn {
	struct conn_config	 cfg;
	usec_t			 now;	/* set by conn_enter() only */
	usec_t			 start;
	enum conn_state		 state;
	usec_t			 promised;	/* last conn_deadline() */

	struct path		 paths[PATHS_MAX];
	uint32_t		 serial;
	int			 active;	/* index or CONN_NO_PATH */
	int			 valid;		/* server: last validated */
	bool			 troubled;	/* client: active seems dead */
	bool			 stream_full;	/* says the owner */
	usec_t			 hopped_at;	/* client: last new port */
	unsigned		 hops;		/* since the path was heard */
	uint64_t		 moves;

	/* Receiving. */
	struct ranges		 got;		/* packet numbers */
	uint64_t		 got_next;	/* one above the highest */
	usec_t			 got_at;	/* when that came */
	uint64_t		 got_keep;	/* forget below, next time */
	usec_t			 got_kept_at;
	unsigned		 ack_owed;	/* eliciting, not yet acked */
	usec_t			 ack_at;	/* USEC_NEVER: none owed */
	usec_t			 heard;		/* anything authentic; 0 never */
	usec_t			 peer_interval;	/* server: from PING */

	/* The datagram being taken in. */
	struct {
		uint64_t	 pn;
		size_t		 size;
		const struct conn_path *from;
		bool		 newest;
		bool		 nonprobe;
		bool		 eliciting;
		bool		 input;
		bool		 urgent;	/* ack at once */
		bool		 ping;
	} in;

	/* Sending. */
	struct sent_ring	 sent;
	unsigned		 flying;	/* on the active path */
	unsigned		 flying_input;
	usec_t			 elicited_at;	/* last eliciting packet */
	usec_t			 pto_from;	/* first since an ack; 0 none */
	usec_t			 unanswered;	/* first since the path was heard */
	unsigned		 pto_count;
	unsigned		 probes;	/* owed, whatever the window */
	usec_t			 rtt_from;	/* samples before this lie */
	usec_t			 dup_at;	/* client: input once more */
	usec_t			 redo_at;	/* server: its echo once more */
	bool			 redoing;	/* the next picture is that */
	usec_t			 input_at;	/* server: last INPUT; 0 never */
	usec_t			 dry_until;	/* the app had nothing */
	bool			 woken;		/* and nothing sent since */
	usec_t			 squeezed_at;	/* input past a full window */
	usec_t			 pictures_at;	/* last that left; 0 never */
	unsigned		 low_turn;	/* packets with low classes */
	unsigned		 starved;	/* packets without low classes */
	struct sent_note	 notes[PACKET_NOTES_MAX];
	uint8_t			 plain[DATAGRAM_STREAM];	/* both ways */

	/* The last LOSS_SAMPLE packets: lost or not. */
	uint8_t			 losses[LOSS_SAMPLE];
	unsigned		 losses_n;
	unsigned		 losses_sum;
	unsigned		 losses_pos;

	/* Keepalive. */
	usec_t			 active_until;
	usec_t			 idle_interval;
	unsigned		 idle_quiet;
	usec_t			 idle_longest;	/* since last observed */
	usec_t			 said_at;	/* any datagram; 0 never */
	usec_t			 told_interval;	/* in our last PING; 0 none */
	struct conn_addr	 observed;
	bool			 observed_due;
	struct conn_addr	 addrs[SERVER_ADDRS_MAX];
	unsigned		 addrs_n;
	bool			 addrs_due;

	/* Connection ids. */
	struct conn_cid		 cids[CIDS_MAX];
	uint64_t		 cid_next;	/* one above the highest number */
	uint64_t		 cid_seen;	/* client: bit 0 is the highest */

	struct {
		bool		wanted;		/* client: when it can be */
		bool		asked;		/* client: until answered */
		bool		due;		/* REKEY or REKEY_OK */
		bool		ask_due;	/* server: REKEY_ASK */
		bool		ask_sent;
		uint64_t	n;		/* phase that it is about */
		uint8_t		pub[MSG_PUB_LEN];
		uint64_t	since_pn;	/* older ones: another n */
		uint64_t	phase;		/* of sealing, as last seen */
		usec_t		old_until;	/* NEVER: no old key */
		usec_t		since;		/* these keys */
		uint64_t	packets;	/* counted until then */
		uint64_t	bytes;
	} rekey;

	/* Closing. */
	uint64_t		 close_code;
	bool			 close_by_peer;
	char			 close_text[CONN_TEXT_MAX];
	unsigned		 close_sends;	/* still to go */
	usec_t			 close_at;

	struct conn_stats	 stats;		/* the counters in it */
};

/* conn.c */
void		 conn_enter(struct conn *, usec_t now);
void		 conn_run(struct conn *);
void		 conn_fail(struct conn *, uint64_t code, const char *why);
void		 conn_closed(struct conn *);
void		 conn_set_text(struct conn *, const void *, size_t);
struct path	*conn_path_find(struct conn *, const struct conn_path *);
struct path	*conn_path_get(struct conn *, const struct conn_path *);
struct path	*conn_path_serial(struct conn *, uint32_t);
int		 conn_path_index(const struct conn *, const struct path *);
void		 conn_path_use(struct conn *, struct path *);
void		 conn_path_alive(struct conn *);
void		 conn_path_challenge(struct conn *, struct path *);
void		 conn_path_blocked(struct conn *, struct path *);
void		 conn_path_answered(struct conn *, struct path *);
bool		 conn_racing(const struct conn *);
bool		 conn_silent(const struct conn *);
usec_t		 conn_interval(const struct conn *);
usec_t		 conn_pto_at(const struct conn *);
unsigned	 conn_loss_ppm(const struct conn *);

usec_t		 conn_hop_at(const struct conn *);

/* conn-cid.c */
void		 conn_cid_init(struct conn *);
void		 conn_cid_fini(struct conn *);
const uint8_t	*conn_cid_use(struct conn *, const struct path *);
void		 conn_cid_run(struct conn *);
usec_t		 conn_cid_at(const struct conn *);
bool		 conn_cid_due(const struct conn *);
unsigned	 conn_cid_fill(struct conn *, struct packet *);
void		 conn_cid_fate(struct conn *, const struct sent *, bool acked);
int		 conn_cid_frame_new(struct conn *, struct reader *);
int		 conn_cid_frame_retire(struct conn *, struct reader *);

/* conn-rekey.c */
void		 conn_rekey_init(struct conn *);
void		 conn_rekey_run(struct conn *);
usec_t		 conn_rekey_wipe_at(const struct conn *);
bool		 conn_rekey_due(const struct conn *);
unsigned	 conn_rekey_fill(struct conn *, struct packet *);
void		 conn_rekey_lost(struct conn *, const struct sent *);
int		 conn_rekey_frame(struct conn *, uint8_t type, struct reader *);

/* conn-recv.c */
void		 conn_note_loss(struct conn *, bool lost);
void		 conn_tell(struct conn *, struct sent *, bool acked);
void		 conn_settle_lost(struct conn *, struct sent *);
void		 conn_detect_lost(struct conn *, struct path *);

/* conn-send.c */
usec_t		 conn_send_when(struct conn *);
void		 conn_redo(struct conn *);
size_t		 conn_room(const struct conn *, const struct path *,
		    size_t cap);
bool		 conn_window_open(const struct conn *, const struct path *);
void		 conn_low_landed(struct path *, const struct sent *);

#endif /* SYNC_CONN_INT_H */
