/* SPDX-License-Identifier: ISC */

/*
 * ssh.h - the run of the user's own ssh: start the far end, agree on keys.
 *
 * Secrets travel only through the pipe to ssh, never in arguments or environment.
 */

#ifndef CLIENT_SSH_H
#define CLIENT_SSH_H

#include <sys/types.h>

#include "client/client.h"
#include "os/sock.h"
#include "seal/seal.h"
#include "view/boot.h"

#define SSH_ADDRS_MAX	12

struct ssh_boot {
	pid_t		 pid;
	int		 fd;		/* both ways; non-blocking when handed over */
	struct seal	*seal;
	uint8_t		 cid[MSG_CID_LEN];
	struct os_addr	 addrs[SSH_ADDRS_MAX];	/* where UDP may be tried */
	int		 naddrs;
	uint8_t		 rest[4096];	/* bytes that came behind the answer */
	size_t		 rest_len;
};

/*
 * Run ssh (asking for passwords as it pleases) until the far end has answered.  0; or -1,
 * with the exit code in *code, after having said why.
 */
int	ssh_boot(const struct client_args *, struct ssh_boot *, int *code);

#endif
