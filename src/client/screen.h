/* SPDX-License-Identifier: ISC */

/*
 * screen.h - the user's terminal: replica + predictions + notice -> canvas -> bytes.
 *
 * Display = predict(server's state, input not yet acknowledged).  A frame is made when
 * something changed and the terminal has taken the one before: like everything a client
 * sees, what the terminal shows is a state, and states in between may be skipped.
 */

#ifndef CLIENT_SCREEN_H
#define CLIENT_SCREEN_H

#include "base/buf.h"
#include "base/clock.h"
#include "predict/predict.h"
#include "tty/features.h"
#include "tty/keys.h"
#include "tty/tinfo.h"
#include "view/kv.h"
#include "view/replica.h"

struct screen;

struct screen	*screen_new(const struct tinfo *, struct tty_features *, struct replica *);
void		 screen_free(struct screen *);
void		 screen_resize(struct screen *, int cols, int rows);
/* Take the terminal, give it back. */
void		 screen_start(struct screen *, struct buf *out);
void		 screen_stop(struct screen *, struct buf *out);
void		 screen_invalidate(struct screen *);
void		 screen_features_changed(struct screen *, struct buf *out);
/* A line over the top row; NULL: none. */
void		 screen_notice(struct screen *, const char *);
/* The link: round trip time decides whether guesses are shown. */
void		 screen_link(struct screen *, usec_t srtt_us, bool local);

/* The options in force and the surface that keys go to (0 none). */
const struct view_options *screen_options(const struct screen *);
uint32_t	 screen_focus(const struct screen *);
/* A key, paste or else went into the log up to seq; accepted: what the server has. */
void		 screen_key(struct screen *, const struct key_event *, uint64_t seq,
		    uint64_t accepted, usec_t now);
void		 screen_other(struct screen *, uint64_t seq, usec_t now);

/*
 * Look at what is new in the replica; write a frame if something differs.  out must be
 * empty.  accepted as above.
 */
void		 screen_update(struct screen *, struct buf *out, uint64_t accepted, usec_t now);
usec_t		 screen_deadline(const struct screen *, usec_t now);
void		 screen_clipboard(struct screen *, const char *sel, const void *, size_t,
		    struct buf *out);

#endif
