/* SPDX-License-Identifier: ISC */
#ifndef OS_SOCK_H
#define OS_SOCK_H

#include <sys/types.h>
#include <sys/socket.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Sockets.  All descriptors made here are non-blocking and close-on-exec.
 * Where there is a cause argument, it is set on failure to a sentence for the
 * user, to be freed by the caller: what, why, and what can be done.
 */

/*** Local sockets ***/

/*
 * Make sure that dir is a directory (made with mode 0700 if it is not there),
 * not a link, owned by us and closed to everyone else, so that a socket in it
 * is ours alone.  Returns 0, or -1 with *cause.
 */
int	os_sock_check_dir(const char *dir, char **cause);

/*
 * Listen at path, mode 0600, in a directory that is there.  If something is
 * there already: when a server answers, fail with errno EADDRINUSE; a stale
 * socket is replaced, under a lock on PATH.lock so that two servers cannot
 * do it to each other; anything else than a socket is never removed.
 * Returns the descriptor, or -1 with *cause and errno.
 *
 * So two clients may each start a server at the same moment without a lock of
 * their own: the server that comes second gets EADDRINUSE, says so and ends,
 * and its client connects to the other.
 */
int	os_sock_listen(const char *path, char **cause);

/*
 * Connect to path.  Returns the descriptor, or -1 with *cause and errno:
 * ENOENT or ECONNREFUSED when no server is there.
 */
int	os_sock_connect(const char *path, char **cause);

/* Accept one; -1 with errno set (EAGAIN when there is none). */
int	os_sock_accept(int fd);

/* Who is on the other side.  *pid is -1 if not known. */
int	os_sock_peer_uid(int fd, uid_t *uid, pid_t *pid);

/*
 * Send bytes and at most one descriptor (-1: none) with them; receive the
 * same (*passed_fd is -1 if none came; close-on-exec).  Return as send() and
 * recv() do.
 */
ssize_t	os_sock_send_fd(int fd, const void *, size_t, int pass_fd);
ssize_t	os_sock_recv_fd(int fd, void *, size_t, int *passed_fd);

/*** Addresses ***/

#define OS_ADDR_STRLEN	80	/* "[v6%scope]:port" */

struct os_addr {
	struct sockaddr_storage	ss;
	socklen_t		len;	/* 0: no address */
};

/* Same family, address, port (and scope). */
bool		 os_addr_equal(const struct os_addr *, const struct os_addr *);
/* Same but for the port. */
bool		 os_addr_equal_host(const struct os_addr *,
		    const struct os_addr *);
/* "192.0.2.1:60000", "[2001:db8::1]:60000", "-" for none.  Returns buf. */
const char	*os_addr_format(const struct os_addr *, char *buf, size_t);
/* Numbers only, never asks a name server; host may be a v6 with %scope. */
int		 os_addr_parse(struct os_addr *, const char *host,
		    uint16_t port);
uint16_t	 os_addr_port(const struct os_addr *);
void		 os_addr_set_port(struct os_addr *, uint16_t);
/* A v4-mapped v6 address becomes the v4 one. */
void		 os_addr_unmap(struct os_addr *);

/*
 * Look up a name (blocks): up to n addresses, port set, in the order the
 * system prefers.  Returns how many, or -1 with *cause.
 */
int		 os_addr_resolve(const char *host, uint16_t port,
		    struct os_addr *, int n, char **cause);

/* Addresses of this machine's interfaces that are up; not loopback. */
int		 os_addr_local(struct os_addr *, int n);

/*** UDP ***/

#define OS_UDP_BATCH	64	/* most packets per call */
#define OS_UDP_RCVBUF	(4 << 20)

struct os_udp_packet {
	uint8_t		*data;	/* recv: room given by the caller */
	size_t		 size;	/* recv: of the room; send: of the packet */
	size_t		 len;	/* recv: what came; > size never */
	bool		 truncated;	/* recv: did not fit; drop it */
	struct os_addr	 peer;
	struct os_addr	 local;	/* the address of ours it came to or shall
				 * leave from; len 0: let the system choose */
	int		 ifindex;	/* with local; 0: not known */
	uint8_t		 ecn;	/* the ECN bits: 0 none, 1 ECT(1), 2 ECT(0),
				 * 3 CE; as received, or to be sent */
};

/*
 * Bind a socket of this family (AF_INET or AF_INET6, the latter for v6 only)
 * to the first free port in [lo, hi]; both 0: any.  addr is the address to
 * bind to in numbers, NULL for all.  Receive buffer of OS_UDP_RCVBUF as far as
 * the system allows; destination addresses and ECN bits are reported; what is
 * sent may not be fragmented, and path MTUs are ours to find out.
 * Returns the descriptor and the port in *port, or -1 with *cause.
 */
int	os_udp_open(int family, const char *addr, uint16_t lo, uint16_t hi,
	    uint16_t *port, char **cause);

/*
 * Receive up to n (at most OS_UDP_BATCH) packets that are there.  Returns how
 * many, 0 if there are none now, or -1 with errno.  Errors that ICMP brought
 * are not errors.
 */
int	os_udp_recv(int fd, struct os_udp_packet *, int n);

/*
 * Send up to n.  Returns how many were taken by the system (a prefix of
 * them); 0 when it would block; -1 with errno if the first could not be sent
 * (EMSGSIZE, ENETUNREACH, EADDRNOTAVAIL ...).
 */
int	os_udp_send(int fd, const struct os_udp_packet *, int n);

/* The address the system would send from to reach peer.  0 or -1. */
int	os_udp_source(const struct os_addr *peer, struct os_addr *local);

/*** Any ***/

int	os_set_nonblock(int fd, bool on);
int	os_set_cloexec(int fd, bool on);

#endif /* OS_SOCK_H */
