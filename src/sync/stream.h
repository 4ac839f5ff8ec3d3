/* SPDX-License-Identifier: ISC */
#ifndef SYNC_STREAM_H
#define SYNC_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "sync/conn.h"
#include "wire/reader.h"

/*
 * Reliable ordered byte streams over a connection, for what must arrive
 * whole: commands and their output, the clipboard, files.  Either side opens
 * one; both may write on it.  What a stream is for is said by its first
 * bytes, and is the app's business.
 *
 * A stream_set is one side of all streams of one connection.  The app hands
 * it the frames, fills and notes that are its own:
 *
 *	frame:	if (stream_set_owns(type)) stream_set_frame()
 *	fill:	stream_set_fill(set, cls, pk)
 *	due:	the earliest of stream_set_due() and others
 *	acked, lost: if (stream_set_owns(note->kind)) ...
 *
 * A stream lives until both directions are finished (FIN sent and
 * acknowledged, FIN received and read) or it was reset; then ops->closed is
 * called, and the pointer is dead when that returns.
 */
struct stream_set;
struct stream;

struct stream_ops {
	/* The peer opened one.  Set its class and arg if you like. */
	void	(*opened)(void *arg, struct stream *);
	/* There are bytes to read, or the end. */
	void	(*readable)(void *arg, struct stream *);
	/* There is room again after stream_write() took less than all. */
	void	(*writable)(void *arg, struct stream *);
	/*
	 * It is over.  reset: cut off by the peer (or by us), with its code;
	 * not all may have arrived.
	 */
	void	(*closed)(void *arg, struct stream *, bool reset,
		    uint64_t code);
};

/* Callbacks run within stream_set_frame() and stream_set_acked(). */
struct stream_set	*stream_set_new(enum conn_role,
			    const struct stream_ops *, void *arg);
/* Frees all streams, with ops->closed(reset) for each. */
void		 stream_set_free(struct stream_set *);

bool		 stream_set_owns(uint8_t type_or_kind);
/* 0, or a negative CLOSE_ code, as conn_app_ops.frame wants it. */
int		 stream_set_frame(struct stream_set *, uint8_t type,
		    struct reader *);
void		 stream_set_fill(struct stream_set *, enum conn_class,
		    struct packet *);
usec_t		 stream_set_due(struct stream_set *, usec_t now,
		    enum conn_class last);
void		 stream_set_acked(struct stream_set *,
		    const struct sent_note *);
void		 stream_set_lost(struct stream_set *,
		    const struct sent_note *);

/*
 * Open one; cls is CONN_CLASS_STREAM or below.  NULL when this side has
 * STREAMS_EACH_MAX open.  Call conn_wake() after this and after each of the
 * functions below.
 */
struct stream	*stream_open(struct stream_set *, enum conn_class cls);
uint64_t	 stream_id(const struct stream *);
void		 stream_set_class(struct stream *, enum conn_class);
void		 stream_set_arg(struct stream *, void *);
void		*stream_arg(const struct stream *);
struct stream	*stream_find(struct stream_set *, uint64_t id);

/*
 * Append to the stream; returns how many bytes were taken, at most
 * STREAM_WINDOW being held until the peer has them.
 */
size_t		 stream_write(struct stream *, const void *, size_t);
size_t		 stream_write_space(const struct stream *);
/* No more will be written. */
void		 stream_finish(struct stream *);

/*
 * Bytes that arrived in order: look at them (the longest piece that lies
 * together, NULL if none), then consume.  Unread bytes hold the peer back.
 */
const uint8_t	*stream_peek(const struct stream *, size_t *n);
void		 stream_consume(struct stream *, size_t);
size_t		 stream_read(struct stream *, void *, size_t);
/* Everything was read and no more will come. */
bool		 stream_eof(const struct stream *);

/* Cut it off in both directions; ops->closed is called from within. */
void		 stream_reset(struct stream *, uint64_t code);

size_t		 stream_set_count(const struct stream_set *);
size_t		 stream_set_memory(const struct stream_set *);	/* bytes */

#endif /* SYNC_STREAM_H */
