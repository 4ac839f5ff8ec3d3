/* SPDX-License-Identifier: ISC */
#ifndef PREDICT_PREDICT_H
#define PREDICT_PREDICT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "term/key.h"
#include "term/snap.h"

/*
 * Speculative echo for one client.  A surface is whatever keys can go to: a
 * pane, by its id.  See predict.c for the idea and the rules.
 */

enum predict_mode {
	PREDICT_ADAPTIVE,	/* show guesses when the link is slow */
	PREDICT_ALWAYS,		/* show them on any link */
	PREDICT_NEVER		/* do not guess */
};

/* predict_tty.flags: termios of the pane as the server sees it. */
#define PREDICT_TTY_ECHO	0x0001
#define PREDICT_TTY_ICANON	0x0002
#define PREDICT_TTY_ISIG	0x0004
#define PREDICT_TTY_IEXTEN	0x0008	/* werase and lnext work */
#define PREDICT_TTY_ECHOE	0x0010	/* erase rubs out */
#define PREDICT_TTY_ECHOKE	0x0020	/* kill rubs out */
#define PREDICT_TTY_ECHOCTL	0x0040	/* controls are shown as ^X */
#define PREDICT_TTY_ICRNL	0x0080
#define PREDICT_TTY_IXON	0x0100
#define PREDICT_TTY_IUTF8	0x0200
#define PREDICT_TTY_BUSY	0x0400	/* input waits that nobody has read */
#define PREDICT_TTY_STOPPED	0x0800	/* output stopped by ^S */
#define PREDICT_TTY_UNKNOWN	0x1000	/* the server cannot tell: as raw */
#define PREDICT_TTY_ECHOK	0x2000
#define PREDICT_TTY_READING	0x4000	/* the program waits for a line */

/*
 * How a pane echoes; travels with each picture.  Offsets count in the input
 * log: everything up to accepted was written to the pane, everything up to
 * settled is contained in the picture.  Special characters: 0 if disabled.
 */
struct predict_tty {
	uint64_t	accepted, settled;
	uint32_t	flags;
	uint32_t	program;	/* view_program() of its name */
	uint8_t		erase, kill, werase, eof, eol;
	uint8_t		intr, quit, susp, lnext, reprint, start, stop;
};

struct predict_cell {
	uint32_t	surface;
	int		x, y;		/* in the surface */
	struct cell	cell;		/* ext is 0; underlined if it is to be */
	bool		underline;	/* cell.attr was underlined as unconfirmed */
};

struct predict_stats {
	uint64_t	keys;		/* told of */
	uint64_t	shown;		/* guesses that were on the glass */
	uint64_t	confirmed;	/* guesses that came true, shown or not */
	uint64_t	wrong;		/* guesses that did not, hidden ones included */
	uint64_t	wrong_shown;	/* of these: were on the glass */
};

struct predict;

struct predict	*predict_new(void);
void		 predict_free(struct predict *);

void		 predict_set_mode(struct predict *, enum predict_mode);
/* Overrules the mode for one surface; -1: as the others again. */
void		 predict_set_surface_mode(struct predict *, uint32_t surface,
		    int mode);
void		 predict_set_rtt(struct predict *, usec_t srtt);

/*
 * A key was put into the input log for this surface, ending at offset seq.
 * snap and tty are the newest picture of the surface.  Call it for each key that
 * goes to the surface, also while nothing can be predicted.
 */
void		 predict_key(struct predict *, uint32_t surface,
		    const struct snap *, const struct predict_tty *,
		    const struct key_event *, uint64_t seq, usec_t now);
/*
 * Something else than a key went there (paste, mouse, bytes): no guess beyond
 * it before the picture has settled.
 */
void		 predict_other(struct predict *, uint32_t surface,
		    const struct snap *, const struct predict_tty *,
		    uint64_t seq, usec_t now);
/* A newer picture of a surface came. */
void		 predict_judge(struct predict *, uint32_t surface,
		    const struct snap *, const struct predict_tty *, usec_t now);
/* The surface is gone (or not shown any more): forget all about it. */
void		 predict_forget(struct predict *, uint32_t surface);
/* Drop guesses of all surfaces, keep what was learned (a new connection). */
void		 predict_reset(struct predict *);

/*
 * What to lay over the newest pictures.  Fills at most max; returns how many
 * there are in all.  Cells that the picture shows already are left out.
 */
size_t		 predict_overlay(struct predict *, struct predict_cell *,
		    size_t max, usec_t now);
/* Where the cursor is guessed to be; false: where the picture has it. */
bool		 predict_cursor(struct predict *, uint32_t surface, int *x, int *y,
		    usec_t now);
/* When the overlay may change though nothing arrives; or USEC_NEVER. */
usec_t		 predict_deadline(const struct predict *);
/* Guesses are underlined at present. */
bool		 predict_flagging(const struct predict *);

void		 predict_get_stats(const struct predict *, struct predict_stats *);

#endif /* PREDICT_PREDICT_H */
