/* SPDX-License-Identifier: ISC */
#ifndef WIRE_MESSAGES_H
#define WIRE_MESSAGES_H

/*
 * Every number that two rmux programs must agree upon, on one page: layouts,
 * frame types, lengths, limits and timers.  Numbers only, no code; what they
 * mean is in protocol(7), which a test compares with this file.  Each macro
 * is one plain number on one line, so that the test can read it.
 *
 * Times are in microseconds and end in _US; sizes are in bytes.  Integers
 * in frames are varints (RFC 9000, section 16) unless a width is given.
 */

/*** Packets ***/

#define MSG_VERSION		0x724d0001	/* "rM", 1 */

/*
 * Short header:
 *	u8	flags
 *	[8]	connection id, from the client to the server only
 *	u32	packet number, low 32 bits, masked
 *	...	AEAD(frames), padded to a multiple of MSG_PAD
 *	[16]	tag
 */
#define MSG_FLAG_LONG		0x80	/* must be 0 */
#define MSG_FLAG_SHORT		0x40	/* must be 1 */
#define MSG_FLAG_GREASE		0x20	/* anything */
#define MSG_FLAG_MASKED		0x1f	/* bits under header protection */
#define MSG_FLAG_PHASE		0x04	/* key phase */
#define MSG_FLAG_RESERVED	0x1b	/* unmasked: 0 */
#define MSG_CID_LEN		8
#define MSG_PN_LEN		4
#define MSG_TAG_LEN		16
#define MSG_SAMPLE_LEN		16
#define MSG_PAD			16
#define MSG_OVERHEAD_C2S	29	/* 1 + 8 + 4 + 16 */
#define MSG_OVERHEAD_S2C	21	/* 1 + 4 + 16 */

/* The Unix socket: flags, u64 packet number, frames; nothing sealed. */
#define MSG_OVERHEAD_LOCAL	9

/* Over a byte stream each packet has its length before it, as u16. */
#define MSG_FRAMING_LEN		2

/* Suites. */
#define MSG_SUITE_AES256GCM	0x01
#define MSG_SUITE_CHACHA20	0x02

/* Key schedule. */
#define MSG_KEY_LEN		32
#define MSG_IV_LEN		12
#define MSG_PSK_LEN		32
#define MSG_PUB_LEN		32	/* X25519 */
#define MSG_SECRET_LEN		32
#define MSG_FEATURES_MAX	64	/* feature bytes in the transcript */

/*** Frames ***/

#define FRAME_PADDING		0x00
#define FRAME_PING		0x01
#define FRAME_ACK		0x02
#define FRAME_ACK_ECN		0x03	/* reserved */
#define FRAME_CLOSE		0x04
#define FRAME_PATH_CHALLENGE	0x05
#define FRAME_PATH_RESPONSE	0x06
#define FRAME_NEW_CID		0x07
#define FRAME_RETIRE_CID	0x08
#define FRAME_OBSERVED		0x09
#define FRAME_SERVER_ADDRS	0x0a
#define FRAME_REKEY		0x0b
#define FRAME_REKEY_OK		0x0c
#define FRAME_REKEY_ASK		0x0d
#define FRAME_NEW_TICKET	0x0e	/* reserved */

#define FRAME_APP_FIRST		0x10	/* 10 to 3f: not read by sync/conn */
#define FRAME_INPUT		0x10
#define FRAME_INPUT_ACK		0x11
#define FRAME_ECHO		0x12
#define FRAME_ROWS		0x18
#define FRAME_GRID		0x19
#define FRAME_KV		0x1a
#define FRAME_VIEW		0x1b
#define FRAME_ROW_MISS		0x1c
#define FRAME_Z			0x1d	/* reserved */
#define FRAME_PIECE		0x1e
#define FRAME_HIST_REQ		0x20
#define FRAME_HIST_ROWS		0x21
#define FRAME_STREAM		0x28	/* 28 to 2f, with the bits below */
#define FRAME_STREAM_LAST	0x2f
#define FRAME_STREAM_FIN	0x01
#define FRAME_STREAM_LEN	0x02
#define FRAME_STREAM_OFF	0x04
#define FRAME_STREAM_RESET	0x30
#define FRAME_STREAM_STOP	0x31	/* reserved */
#define FRAME_MAX_DATA		0x32
#define FRAME_MAX_STREAM	0x33
#define FRAME_BLOCKED		0x34	/* reserved */
#define FRAME_APP_LAST		0x3f

#define FRAME_EXT_FIRST		0x40	/* 40 to 7f: varint length, skipped */
#define FRAME_EXT_LAST		0x7f

/* Codes of CLOSE. */
#define CLOSE_NONE		0	/* done: detached, exited */
#define CLOSE_PROTOCOL		1	/* malformed or forbidden frame */
#define CLOSE_INTERNAL		2
#define CLOSE_LIMIT		3	/* a limit of this page was passed */
#define CLOSE_KEY_LIMIT		4	/* no packets left under this key */
#define CLOSE_APP		16	/* this and above: server and client */

/* Kinds of input (the second field of an entry of INPUT). */
#define INPUT_BYTES		1
#define INPUT_KEY		2
#define INPUT_MOUSE		3
#define INPUT_PASTE		4
#define INPUT_RESIZE		5
#define INPUT_FOCUS		6

/* Address families in OBSERVED and SERVER_ADDRS. */
#define MSG_ADDR_V4		4
#define MSG_ADDR_V6		6

/*** Limits ***/

#define DATAGRAM_MIN		500	/* payload a path is taken to bear */
#define DATAGRAM_BASE		1200
#define DATAGRAM_MAX		1472
#define DATAGRAM_STREAM		16384	/* ssh stdio, Unix socket */
#define DATAGRAM_STEP_1		1000	/* steps down when big ones vanish */
#define DATAGRAM_STEP_2		700
#define DATAGRAM_STEP_3		1372	/* and up, when probes get through */
#define DATAGRAM_STEP_4		1432
#define DATAGRAM_STEP_5		1452
#define ACK_RANGES_MAX		32
#define ACK_DELAY_SHIFT		3	/* the field is in units of 8 us */
#define PACKETS_TRACKED_MAX	512	/* older ones count as lost */
#define CIDS_MAX		8	/* connection ids at a time */
#define CIDS_SPARE		4	/* of which the client uses none yet */
#define PATHS_MAX		5	/* active, validated, 3 candidates */
#define REPLAY_WINDOW		1024	/* bits, 960 of them usable */
#define CLOSE_REASON_MAX	128
#define PATH_DATA_LEN		8
#define SERVER_ADDRS_MAX	8
#define AMPLIFY_FACTOR		3
#define MOVE_PAD_COUNT		3	/* datagrams padded after a move */
#define EXT_FRAME_MAX		1024

#define RELIABLE_WINDOW		262144	/* in flight on a Unix socket */
#define STREAM_PATH_WINDOW	16384	/* least, over ssh's stdio */

#define INPUT_WINDOW		65536	/* bytes not yet accepted */
#define INPUT_TAIL_MAX		900	/* repeated in every datagram */
#define INPUT_ENTRY_MAX		4096	/* one entry with its head */
#define INPUT_PASTE_CHUNK	1024	/* data of one paste entry */

#define STREAMS_MAX		64	/* half of them opened by each side */
#define STREAMS_EACH_MAX	32
#define STREAMS_LINGER_MAX	256	/* done but for an ack */
#define STREAM_WINDOW		262144
#define STREAMS_WINDOW		1048576	/* of all together */
#define STREAM_RANGES_MAX	1024	/* holes in one stream */

#define ROW_CELLS_MAX		4096
#define ROW_ENCODED_MAX		65536
#define GRIDS_IN_FLIGHT_MAX	8	/* per pane */
#define PALETTE_MAX		4096	/* styles per connection */
#define KV_KEYS_MAX		4096
#define KV_VALUE_MAX		4096
#define HIST_LINES_MAX		256	/* in one answer */

/* AES-256-GCM: packets sealed by one key; any suite: failed opens. */
#define KEY_PACKETS_MAX		8388608	/* 2^23 */
#define KEY_FAILURES_MAX	68719476736	/* 2^36 */

/* New keys are made after so much in both directions together. */
#define REKEY_PACKETS		4194304	/* 2^22 */
#define REKEY_BYTES		68719476736	/* 2^36 */

/*** Timers ***/

#define RTT_INITIAL_US		333000
#define RTT_GRANULARITY_US	1000
#define PTO_MAX_US		1000000	/* while in contact */
#define PERSISTENT_PTOS		3
#define ACK_DELAY_US		25000
#define ACK_DELAY_INPUT_US	5000
#define ACK_EVERY		2	/* or at once after so many packets */

#define COLLECT_INPUT_US	2000
#define COLLECT_US		6000
#define FRAME_INTERVAL_MIN_US	16000
#define FRAME_INTERVAL_MAX_US	250000
#define GRID_INCOMPLETE_US	40000

#define DUPLICATE_MAX_US	30000	/* at most, else RTT / 4 */
#define DUPLICATE_LOSS_PPM	5000	/* 0.5 % */
#define ECHO_DUPLICATE_SIZE	400	/* of a datagram with an echo */
#define ECHO_DUPLICATE_US	200000	/* after input: it may be one */
#define LOSS_SAMPLE		128	/* packets that the rate is over */

#define KEEPALIVE_ACTIVE_US	5000000
#define KEEPALIVE_IDLE_US	25000000
#define KEEPALIVE_MIN_US	10000000	/* when adapting */
#define KEEPALIVE_MAX_US	110000000
#define KEEPALIVE_STEP_US	10000000
#define KEEPALIVE_QUIET		10	/* good ones before a step up */
#define ACTIVE_US		60000000	/* after the last input */
#define CONTACT_SLACK_US	1500000	/* stale: 2 intervals + this */
#define SERVER_SILENT_US	30000000
#define SERVER_SLACK_US		5000000	/* or 2 intervals + this */

/* Client, nothing heard: this often until that long after the start. */
#define RETRY_1_US		250000
#define RETRY_1_UNTIL_US	1000000
#define RETRY_2_US		1000000
#define RETRY_2_UNTIL_US	10000000
#define RETRY_3_US		2000000
#define RETRY_3_UNTIL_US	60000000
#define RETRY_4_US		5000000
#define RETRY_4_UNTIL_US	600000000
#define RETRY_5_US		15000000

#define PATH_TRIES		4	/* at 0, 1, 2, 4 PTO */
#define PATH_VALIDATE_MIN_US	1000000
#define CID_RETIRE_US		10000000	/* after the last use */
#define HOP_US			5000000	/* or 4 PTO: another source port */
#define HOP_MAX_US		60000000	/* doubles up to this */
#define RACE_STAGGER_US		50000	/* between candidates */
#define RACE_STAGGER_ROAM_US	250000	/* the same when roaming */
#define RACE_1_US		100000	/* probes of one candidate, after 0 */
#define RACE_2_US		250000
#define RACE_3_US		500000
#define RACE_4_US		1000000
#define RACE_5_US		2000000
#define RACE_AGAIN_US		30000000
#define FALLBACK_START_US	2000000	/* to a stream path, at the start */
#define FALLBACK_US		10000000	/* later */
#define SHARE_US		250000	/* after pictures: streams get half */
#define SQUEEZE_US		20000	/* input past a full window */
#define DRY_US			5000	/* the app had nothing after all */
#define SUSPEND_LATE_US		2000000	/* a timer this late: we slept */
#define REKEY_US		3600000000	/* new keys after an hour */
#define REKEY_OLD_US		10000000	/* the old opens, or 3 PTO */
#define MTU_PROBE_US		1000000	/* between probes */
#define MTU_SPAN_US		5000	/* a datagram may take no longer */
#define MTU_TRIES		3	/* of one size */
#define MTU_RAISE_US		600000000

#endif /* WIRE_MESSAGES_H */
