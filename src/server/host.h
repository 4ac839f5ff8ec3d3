/* SPDX-License-Identifier: ISC */

/* host.h - what commands ask of the server (cmd/host.h), and what the model tells it. */

#ifndef SERVER_HOST_H
#define SERVER_HOST_H

#include "cmd/host.h"
#include "model/model.h"

extern const struct cmd_host server_host;	/* arg is the struct server */
extern const struct model_ops server_model_ops;

/* Text on a client's status line: delay_ms as in cmd_host.message. */
void	host_message(void *arg, struct client *, const char *text, long delay_ms,
	    bool ignore_keys, bool ignore_styles);

#endif
