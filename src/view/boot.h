/* SPDX-License-Identifier: ISC */

/*
 * boot.h - the two lines by which a client and a server agree on keys inside ssh.
 *
 *   client:  RMUX1 HELLO nonce versions pub suites\n
 *   server:  RMUX1 nonce version suite pub psk cid udp-port addresses\n
 *      or    RMUX1 nonce ERROR text\n
 *
 * Bytes are lower-case hex; versions a comma list of numbers; suites one byte as hex
 * bits; addresses a comma list, "-" if none.  The first three fields are frozen for ever:
 * whatever the versions of the two programs, each can find the other's line and say
 * which of them is older.  A client looks for its own nonce, so nothing that an rc
 * file or a motd prints can be taken for the answer.
 */

#ifndef VIEW_BOOT_H
#define VIEW_BOOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "wire/messages.h"

#define BOOT_LINE_MAX		1024	/* bytes, newline included */
#define BOOT_NONCE_LEN		16	/* bytes; twice that as hex */
#define BOOT_ADDRS_MAX		8
#define BOOT_ADDR_LEN		64	/* text of one */
#define BOOT_VERSION		1	/* of the protocol */

/* First byte on the Unix socket: what the connection is. */
#define BOOT_SOCKET_LOCAL	'L'	/* framed packets in clear */
#define BOOT_SOCKET_REMOTE	'R'	/* the lines above, then framed sealed packets */

struct boot_hello {
	uint8_t		nonce[BOOT_NONCE_LEN];
	unsigned	version_min, version_max;
	uint8_t		pub[MSG_PUB_LEN];
	uint8_t		suites;		/* 1 << (MSG_SUITE_ - 1), the best for it */
	bool		aes_fast;
};

struct boot_answer {
	uint8_t		nonce[BOOT_NONCE_LEN];
	unsigned	version;
	uint8_t		suite;
	uint8_t		pub[MSG_PUB_LEN];
	uint8_t		psk[MSG_PSK_LEN];
	uint8_t		cid[MSG_CID_LEN];
	uint16_t	port;		/* 0: the server has no UDP */
	unsigned	naddrs;
	char		addrs[BOOT_ADDRS_MAX][BOOT_ADDR_LEN];
	char		error[256];	/* not empty: nothing else is valid */
};

/* Write a line with its newline; returns its length, 0 if it does not fit. */
size_t	boot_write_hello(const struct boot_hello *, char *, size_t cap);
size_t	boot_write_answer(const struct boot_answer *, char *, size_t cap);
/* Read a line (no newline).  False: it is not such a line. */
bool	boot_read_hello(const char *, size_t, struct boot_hello *);
/*
 * Only an answer with this nonce is one.  Where its version is not BOOT_VERSION, no more
 * than that is read.
 */
bool	boot_read_answer(const char *, size_t, const uint8_t nonce[BOOT_NONCE_LEN],
	    struct boot_answer *);

#endif
