/* SPDX-License-Identifier: ISC */
#ifndef SYNC_INLOG_H
#define SYNC_INLOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "sync/conn.h"
#include "wire/reader.h"

/*
 * The input log: everything the user did, in order, exactly once.  The client
 * appends entries; what the server has not acknowledged rides along in every
 * datagram.  The server hands entries on one by one, and may be refused, when
 * the pane's queue is full: then it keeps what it has, and the client is held
 * back by the window.
 *
 * Offsets count bytes of the encoded log from 0; an entry is named by the
 * offset of its end.  They are what ECHO frames speak of.
 */

/*** Client ***/

struct inlog_out;

struct inlog_out	*inlog_out_new(void);
void		 inlog_out_free(struct inlog_out *);

/*
 * Append one entry.  Returns the offset of its end, or 0 if there is no room
 * (the window is full; try again when inlog_out_space() grew) or data is too
 * long: at most INPUT_ENTRY_MAX less 16.  A paste is cut by the caller into
 * entries of INPUT_PASTE_CHUNK at most.  Call conn_wake() after it.
 */
uint64_t	 inlog_out_append(struct inlog_out *, uint32_t pane,
		    uint8_t kind, const void *data, size_t len);

/* Bytes of data that an entry appended now could have; 0 if none fits. */
size_t		 inlog_out_space(const struct inlog_out *);

uint64_t	 inlog_out_end(const struct inlog_out *);	/* appended */
uint64_t	 inlog_out_accepted(const struct inlog_out *);	/* by server */

/* The frame INPUT_ACK. */
int		 inlog_out_frame(struct inlog_out *, uint8_t type,
		    struct reader *);
/* For CONN_CLASS_INPUT; does nothing for other classes. */
void		 inlog_out_fill(struct inlog_out *, enum conn_class,
		    struct packet *);
usec_t		 inlog_out_due(const struct inlog_out *, usec_t now);
/* Notes of kind FRAME_INPUT. */
void		 inlog_out_acked(struct inlog_out *, const struct sent_note *);
void		 inlog_out_lost(struct inlog_out *, const struct sent_note *);

/*** Server ***/

struct inlog_in;

struct inlog_entry {
	uint32_t	 pane;
	uint8_t		 kind;		/* INPUT_, not checked here */
	const uint8_t	*data;		/* valid during the call */
	size_t		 len;
	uint64_t	 end;		/* offset behind it */
};

/*
 * deliver gets each entry once, in order, and returns true if it was accepted
 * for good; false: not now, ask again after inlog_in_retry().
 */
struct inlog_in	*inlog_in_new(bool (*deliver)(void *arg,
		    const struct inlog_entry *), void *arg);
void		 inlog_in_free(struct inlog_in *);

/* The frame INPUT.  Calls deliver.  0, or a negative CLOSE_ code. */
int		 inlog_in_frame(struct inlog_in *, uint8_t type,
		    struct reader *);

/* There may be room now.  Then conn_wake() if it returns true. */
bool		 inlog_in_retry(struct inlog_in *);

uint64_t	 inlog_in_accepted(const struct inlog_in *);

/* INPUT_ACK, for CONN_CLASS_INPUT.  Put ECHO behind it. */
void		 inlog_in_fill(struct inlog_in *, enum conn_class,
		    struct packet *);
usec_t		 inlog_in_due(const struct inlog_in *, usec_t now);
/* Notes of kind FRAME_INPUT_ACK. */
void		 inlog_in_acked(struct inlog_in *, const struct sent_note *);
void		 inlog_in_lost(struct inlog_in *, const struct sent_note *);

#endif /* SYNC_INLOG_H */
