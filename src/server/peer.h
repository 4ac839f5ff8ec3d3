/* SPDX-License-Identifier: ISC */

/*
 * peer.h - one client and its connection: frames to and from, view, talk, end.
 */

#ifndef SERVER_PEER_H
#define SERVER_PEER_H

#include "model/client.h"
#include "server/listen.h"
#include "sync/conn.h"
#include "sync/inlog.h"
#include "view/talk.h"

struct server;
struct seal;
struct peer;

/* A local client: link in clear. */
struct peer	*peer_new_local(struct server *, struct peer_link *);
/* A remote one, with its keys; the link is its first path. */
struct peer	*peer_new_remote(struct server *, struct peer_link *, struct seal *,
		    const uint8_t *cid);
/* A packet came by this path. */
void		 peer_input(struct peer *, const struct conn_path *, const uint8_t *, size_t);
/* Its byte stream is gone. */
void		 peer_link_gone(struct peer *, struct peer_link *);
/* Room again on its link, or something else changed: take part in this turn. */
void		 peer_wake(struct peer *);
/* Once per turn: settle the view, send what is due. */
void		 peer_turn(struct peer *);
usec_t		 peer_deadline(struct peer *);
/* After the turn: free those that are over. */
bool		 peer_reap(struct peer *);
void		 peer_free(struct peer *);
struct peer	*peer_next(struct peer *);	/* in server->peers */

struct peer	*peer_of(struct client *);	/* NULL if it has none */
/* A record to the client; queued without loss up to a limit, then the client is cut off. */
void		 peer_talk(struct peer *, const struct talk *);
void		 peer_out(struct peer *, int fd, const void *, size_t);
/* Now interactive. */
void		 peer_attached(struct peer *);
/* The client shall leave. */
void		 peer_exit(struct peer *, enum talk_exit, int status, const char *text);
bool		 peer_exiting(const struct peer *);
/* Exit status of a command line client. */
void		 peer_set_status(struct peer *, int status);
/* The view must be made anew. */
void		 peer_redraw(struct peer *);
/* The options about terminals have changed. */
void		 peer_terminal(struct peer *);
void		 peer_bell(struct peer *, bool visual);
/* Its input went to this pane: the answer is urgent. */
void		 peer_typed(struct peer *, struct pane *);
/* Files at the client's side. */
bool		 peer_files_full(const struct peer *);	/* too many under way */
void		 peer_file_read(struct peer *, const char *path,
		    void (*done)(void *, int, const void *, size_t), void *arg);
void		 peer_file_write(struct peer *, const char *path, bool append, const void *,
		    size_t, void (*done)(void *, int, const void *, size_t), void *arg);
bool		 peer_control(const struct peer *);
/* For formats. */
void		 peer_link_facts(const struct peer *, struct client_link *);
uint64_t	 peer_input_offset(const struct peer *);

#endif
