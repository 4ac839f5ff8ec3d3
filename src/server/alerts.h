/* SPDX-License-Identifier: ISC */

/* alerts.h - what a pane's emulator reports: bells, titles, clipboard; activity and silence. */

#ifndef SERVER_ALERTS_H
#define SERVER_ALERTS_H

#include "base/clock.h"
#include "term/emu.h"

struct pane;
struct server;

void	alerts_event(struct server *, struct pane *, const struct emu_event *);
/* The pane had output. */
void	alerts_output(struct server *, struct pane *);
/* monitor-silence; returns when to come again. */
usec_t	alerts_tick(struct server *);

/* A terminal answered what a pane's program had asked for: its clipboard. */
void	alerts_clipboard(struct server *, uint32_t pane, const uint8_t *, size_t);

#endif
