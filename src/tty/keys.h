/* SPDX-License-Identifier: ISC */
#ifndef TTY_KEYS_H
#define TTY_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "term/key.h"
#include "tty/features.h"
#include "tty/query.h"
#include "tty/tinfo.h"

#define TTY_KEYS_BUFFER_MAX	65536	/* bytes fed and not yet taken */
#define TTY_KEYS_SEQ_MAX	1024	/* longest CSI or SS3; then it is rubbish */
#define TTY_KEYS_STRING_MAX	32768	/* longest OSC or DCS reply kept */
#define TTY_KEYS_PASTE_CHUNK	4096
#define TTY_KEYS_PASTE_TIMEOUT	(5 * USEC_PER_SEC)	/* lost ESC[201~ */
#define TTY_KEYS_STRING_TIMEOUT	(1 * USEC_PER_SEC)	/* lost ST of a reply */

enum tty_input_kind {
	TTY_INPUT_KEY,		/* key: also focus, mouse, PASTE_START, PASTE_END */
	TTY_INPUT_PASTE,	/* bytes between PASTE_START and PASTE_END */
	TTY_INPUT_REPLY		/* reply: for features_reply() */
};

struct tty_input {
	enum tty_input_kind	 kind;
	struct key_event	 key;
	const uint8_t		*bytes;	/* of the paste, valid until the next call */
	size_t			 len;
	struct tty_reply	 reply;
};

struct tty_keys;

/* tinfo is read now, not kept; so is FEATURE_NO_FKEYS. */
struct tty_keys	*tty_keys_new(const struct tinfo *,
		    const struct tty_features *);
void		 tty_keys_free(struct tty_keys *);
/* These have changed; user keys stay. */
void		 tty_keys_set_terminal(struct tty_keys *, const struct tinfo *,
		    const struct tty_features *);

/* How long a lone ESC waits for more; 0: not at all.  Default 10 ms. */
void		 tty_keys_set_escape_time(struct tty_keys *, usec_t);
/* The erase character of the outer tty (usually 0x7f): that is KEY_BSPACE. */
void		 tty_keys_set_erase(struct tty_keys *, uint8_t);
/* Size of a cell for SGR-pixel mouse reports; 0: unknown. */
void		 tty_keys_set_cell(struct tty_keys *, int width_px, int height_px);
/* Mouse reports are in pixels (mode 1016 is on). */
void		 tty_keys_set_pixels(struct tty_keys *, bool);
/* Old mouse reports are in UTF-8 (mode 1005 is on). */
void		 tty_keys_set_utf8_mouse(struct tty_keys *, bool);
/* A user key: these bytes give this code; replaces.  NULL removes. */
void		 tty_keys_set_user(struct tty_keys *, key_code, const char *bytes);

/*
 * Give it input; returns how many bytes it took (its buffer is bounded: take
 * with tty_keys_next() and give it the rest).  With n 0 it learns that time passed
 * without the terminal being read, so that nothing counts as lost.
 */
size_t		 tty_keys_feed(struct tty_keys *, const void *, size_t n,
		    usec_t now);
/* The next thing, false if there is none (yet). */
bool		 tty_keys_next(struct tty_keys *, usec_t now, struct tty_input *);
/* When to call tty_keys_next() again though nothing was fed; or USEC_NEVER. */
usec_t		 tty_keys_wake(const struct tty_keys *);

#endif /* TTY_KEYS_H */
