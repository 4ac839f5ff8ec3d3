/* SPDX-License-Identifier: ISC */

/*
 * job.h - shell commands in the background: run-shell, if-shell, #() in formats.
 *
 * Output is gathered up to JOB_OUTPUT_MAX; what comes beyond is read and dropped, so
 * that no child ever waits for us.
 */

#ifndef SERVER_JOB_H
#define SERVER_JOB_H

#include "cmd/host.h"

struct server;

#define JOB_OUTPUT_MAX	(4 << 20)

int	 job_run(struct server *, const struct cmd_job *, char **cause);
/* A child ended; true if it was a job's. */
bool	 job_child(struct server *, pid_t, int status);
/* #(): the last line it printed, started anew at most once a second per status-interval. */
const char *job_status(struct server *, const char *command, const char *cwd, struct client *);
/* Kill all and call their done functions. */
void	 job_stop_all(struct server *);
void	 job_list(struct server *, void (*)(void *, const char *line), void *);

/* One-shot timer; done is called once, also when the server stops. */
void	 job_timer(struct server *, usec_t after, void (*done)(void *), void *arg);

#endif
