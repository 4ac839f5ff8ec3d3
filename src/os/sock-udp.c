/* SPDX-License-Identifier: ISC */
/*
 * Datagrams.  One unconnected socket for each family: a connected one keeps
 * its source address after the route has moved, an unconnected one follows.
 * So that the answer leaves from the address the question came to, which on a
 * machine with several is not what the route would choose, the destination
 * address of each packet is asked for (IP_PKTINFO, IPV6_PKTINFO; on BSDs
 * IP_RECVDSTADDR) and given back when sending.
 *
 * Batches: recvmmsg() costs an eighth of recvfrom() for each datagram, and
 * sendmmsg() a third of sendto().
 */

#ifdef __APPLE__
#define __APPLE_USE_RFC_3542	1
#endif

#include "os/sock.h"

#include "config.h"

#include <sys/uio.h>

#include <netinet/in.h>
#include <netinet/ip.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/xmalloc.h"

#ifndef MSG_NOSIGNAL
#define MSG_NOSIGNAL	0
#endif

/* A packet's address and an int of ECN bits, in the larger family. */
union control {
	struct cmsghdr	hdr;
	char		room[CMSG_SPACE(sizeof(struct in6_pktinfo)) +
			    CMSG_SPACE(sizeof(int))];
};

#if !defined(HAVE_RECVMMSG) || !defined(HAVE_SENDMMSG)
struct one {
	struct msghdr	msg_hdr;
	unsigned int	msg_len;
};
#else
#define one	mmsghdr
#endif

static void
option(int fd, int level, int name, int value)
{
	setsockopt(fd, level, name, &value, sizeof value);
}

static void
set_options(int fd, int family)
{
	option(fd, SOL_SOCKET, SO_RCVBUF, OS_UDP_RCVBUF);
#ifdef SO_RCVBUFFORCE
	option(fd, SOL_SOCKET, SO_RCVBUFFORCE, OS_UDP_RCVBUF);
#endif
	if (family == AF_INET) {
#if defined(IP_PKTINFO)
		option(fd, IPPROTO_IP, IP_PKTINFO, 1);
#elif defined(IP_RECVDSTADDR)
		option(fd, IPPROTO_IP, IP_RECVDSTADDR, 1);
#endif
#ifdef IP_RECVTOS
		option(fd, IPPROTO_IP, IP_RECVTOS, 1);
#endif
#if defined(IP_MTU_DISCOVER) && defined(IP_PMTUDISC_PROBE)
		option(fd, IPPROTO_IP, IP_MTU_DISCOVER, IP_PMTUDISC_PROBE);
#elif defined(IP_DONTFRAG)
		option(fd, IPPROTO_IP, IP_DONTFRAG, 1);
#endif
	} else {
		option(fd, IPPROTO_IPV6, IPV6_V6ONLY, 1);
#ifdef IPV6_RECVPKTINFO
		option(fd, IPPROTO_IPV6, IPV6_RECVPKTINFO, 1);
#endif
#ifdef IPV6_RECVTCLASS
		option(fd, IPPROTO_IPV6, IPV6_RECVTCLASS, 1);
#endif
#if defined(IPV6_MTU_DISCOVER) && defined(IPV6_PMTUDISC_PROBE)
		option(fd, IPPROTO_IPV6, IPV6_MTU_DISCOVER,
		    IPV6_PMTUDISC_PROBE);
#elif defined(IPV6_DONTFRAG)
		option(fd, IPPROTO_IPV6, IPV6_DONTFRAG, 1);
#endif
	}
}

static int
udp_socket(int family)
{
#if defined(SOCK_CLOEXEC) && defined(SOCK_NONBLOCK)
	return (socket(family, SOCK_DGRAM|SOCK_CLOEXEC|SOCK_NONBLOCK, 0));
#else
	int	fd = socket(family, SOCK_DGRAM, 0);

	if (fd != -1) {
		os_set_cloexec(fd, true);
		os_set_nonblock(fd, true);
	}
	return (fd);
#endif
}

/* The address to bind to: the one given, or any. */
static int
bind_addr(int family, const char *addr, struct os_addr *a)
{
	if (addr == NULL)
		addr = family == AF_INET ? "0.0.0.0" : "::";
	if (os_addr_parse(a, addr, 0) == -1)
		return (-1);
	return (a->ss.ss_family == family ? 0 : -1);
}

int
os_udp_open(int family, const char *addr, uint16_t lo, uint16_t hi,
    uint16_t *port, char **cause)
{
	struct os_addr	a;
	unsigned int	count, i;
	int		fd, saved;

	if (bind_addr(family, addr, &a) == -1) {
		xasprintf(cause, "%s is not an IPv%d address",
		    addr == NULL ? "-" : addr, family == AF_INET ? 4 : 6);
		errno = EINVAL;
		return (-1);
	}
	if ((fd = udp_socket(family)) == -1) {
		saved = errno;
		xasprintf(cause, "cannot make an IPv%d socket: %s",
		    family == AF_INET ? 4 : 6, strerror(saved));
		errno = saved;
		return (-1);
	}
	set_options(fd, family);
	if (hi < lo)
		hi = lo;
	count = (unsigned int)(hi - lo) + 1;
	for (i = 0; i < count; i++) {
		os_addr_set_port(&a, (uint16_t)(lo + i));
		if (bind(fd, (struct sockaddr *)&a.ss, a.len) == 0)
			break;
		if (errno != EADDRINUSE && errno != EACCES)
			break;
	}
	a.len = sizeof a.ss;
	if (i < count && getsockname(fd, (struct sockaddr *)&a.ss, &a.len) == 0
	    && os_addr_port(&a) != 0) {
		*port = os_addr_port(&a);
		return (fd);
	}
	saved = errno;
	close(fd);
	if (count == 1 && lo != 0)
		xasprintf(cause, "cannot use UDP port %u: %s",
		    (unsigned int)lo, strerror(saved));
	else if (lo != 0 && saved == EADDRINUSE)
		xasprintf(cause, "no free UDP port from %u to %u; give "
		    "another range", (unsigned int)lo, (unsigned int)hi);
	else
		xasprintf(cause, "cannot bind a UDP port%s%s: %s",
		    addr == NULL ? "" : " on ", addr == NULL ? "" : addr,
		    strerror(saved));
	errno = saved;
	return (-1);
}

/* Our address and the ECN bits, out of what came with a packet. */
static void
read_control(struct msghdr *msg, struct os_udp_packet *packet)
{
	struct sockaddr_in	*sin = (struct sockaddr_in *)&packet->local.ss;
	struct sockaddr_in6	*sin6 =
				    (struct sockaddr_in6 *)&packet->local.ss;
	struct cmsghdr		*c;
	struct in6_pktinfo	 info6;
#ifdef IP_PKTINFO
	struct in_pktinfo	 info;
#endif
	int			 tos;

	memset(&packet->local, 0, sizeof packet->local);
	packet->ifindex = 0;
	packet->ecn = 0;
	for (c = CMSG_FIRSTHDR(msg); c != NULL; c = CMSG_NXTHDR(msg, c)) {
		if (c->cmsg_level == IPPROTO_IP) {
#ifdef IP_PKTINFO
			if (c->cmsg_type == IP_PKTINFO) {
				memcpy(&info, CMSG_DATA(c), sizeof info);
				sin->sin_family = AF_INET;
				sin->sin_addr = info.ipi_addr;
				packet->local.len = sizeof *sin;
				packet->ifindex = (int)info.ipi_ifindex;
			}
#elif defined(IP_RECVDSTADDR)
			if (c->cmsg_type == IP_RECVDSTADDR) {
				sin->sin_family = AF_INET;
				memcpy(&sin->sin_addr, CMSG_DATA(c),
				    sizeof sin->sin_addr);
				packet->local.len = sizeof *sin;
			}
#endif
			if (c->cmsg_type == IP_TOS
#ifdef IP_RECVTOS
			    || c->cmsg_type == IP_RECVTOS
#endif
			    )
				packet->ecn = *(uint8_t *)CMSG_DATA(c) & 3;
		} else if (c->cmsg_level == IPPROTO_IPV6) {
#ifdef IPV6_PKTINFO
			if (c->cmsg_type == IPV6_PKTINFO) {
				memcpy(&info6, CMSG_DATA(c), sizeof info6);
				sin6->sin6_family = AF_INET6;
				sin6->sin6_addr = info6.ipi6_addr;
				packet->local.len = sizeof *sin6;
				packet->ifindex = (int)info6.ipi6_ifindex;
				if (IN6_IS_ADDR_LINKLOCAL(&sin6->sin6_addr))
					sin6->sin6_scope_id =
					    info6.ipi6_ifindex;
			}
#endif
#ifdef IPV6_TCLASS
			if (c->cmsg_type == IPV6_TCLASS) {
				memcpy(&tos, CMSG_DATA(c), sizeof tos);
				packet->ecn = tos & 3;
			}
#endif
		}
	}
#ifdef HAVE_SOCKADDR_SA_LEN
	packet->local.ss.ss_len = (uint8_t)packet->local.len;
#endif
}

static void *
control_add(struct msghdr *msg, int level, int type, size_t n)
{
	struct cmsghdr	*c;

	/* The room was zeroed, and is for just the two that we add. */
	c = (struct cmsghdr *)((char *)msg->msg_control + msg->msg_controllen);
	msg->msg_controllen += CMSG_SPACE(n);
	c->cmsg_level = level;
	c->cmsg_type = type;
	c->cmsg_len = CMSG_LEN(n);
	return (CMSG_DATA(c));
}

/* The address to leave from and the ECN bits, for sendmsg(). */
static void
write_control(struct msghdr *msg, union control *control,
    const struct os_udp_packet *packet)
{
	const struct sockaddr_in	*sin =
	    (const struct sockaddr_in *)&packet->local.ss;
	const struct sockaddr_in6	*sin6 =
	    (const struct sockaddr_in6 *)&packet->local.ss;
	int				 tos = packet->ecn;
	bool				 is6 = packet->peer.ss.ss_family ==
	    AF_INET6;
#ifdef IPV6_PKTINFO
	struct in6_pktinfo		 info6;
#endif
#ifdef IP_PKTINFO
	struct in_pktinfo		 info;
#endif

	memset(control, 0, sizeof *control);
	msg->msg_control = control;
	msg->msg_controllen = 0;
	if (packet->local.len != 0 &&
	    packet->local.ss.ss_family == packet->peer.ss.ss_family) {
		if (is6) {
#ifdef IPV6_PKTINFO
			memset(&info6, 0, sizeof info6);
			info6.ipi6_addr = sin6->sin6_addr;
			/* The interface is left to the route: it may move. */
			if (IN6_IS_ADDR_LINKLOCAL(&info6.ipi6_addr))
				info6.ipi6_ifindex =
				    (unsigned int)packet->ifindex;
			memcpy(control_add(msg, IPPROTO_IPV6, IPV6_PKTINFO,
			    sizeof info6), &info6, sizeof info6);
#endif
		} else {
#if defined(IP_PKTINFO)
			memset(&info, 0, sizeof info);
			info.ipi_spec_dst = sin->sin_addr;
			memcpy(control_add(msg, IPPROTO_IP, IP_PKTINFO,
			    sizeof info), &info, sizeof info);
#elif defined(IP_SENDSRCADDR)
			memcpy(control_add(msg, IPPROTO_IP, IP_SENDSRCADDR,
			    sizeof sin->sin_addr), &sin->sin_addr,
			    sizeof sin->sin_addr);
#endif
		}
	}
	if (tos != 0) {
		if (is6) {
#ifdef IPV6_TCLASS
			memcpy(control_add(msg, IPPROTO_IPV6, IPV6_TCLASS,
			    sizeof tos), &tos, sizeof tos);
#endif
		} else {
#if defined(__linux__) || defined(__APPLE__)
			memcpy(control_add(msg, IPPROTO_IP, IP_TOS,
			    sizeof tos), &tos, sizeof tos);
#elif defined(__FreeBSD__)
			*(uint8_t *)control_add(msg, IPPROTO_IP, IP_TOS, 1) =
			    (uint8_t)tos;
#endif
		}
	}
	if (msg->msg_controllen == 0)
		msg->msg_control = NULL;
}

/* recvmmsg(), or as much of it as there is here. */
static int
receive(int fd, struct one *msgs, int n)
{
#if defined(HAVE_RECVMMSG) && defined(HAVE_SENDMMSG)
	return (recvmmsg(fd, msgs, (unsigned int)n, MSG_DONTWAIT, NULL));
#else
	ssize_t	r;
	int	i;

	for (i = 0; i < n; i++) {
		r = recvmsg(fd, &msgs[i].msg_hdr, MSG_DONTWAIT);
		if (r == -1)
			return (i > 0 ? i : -1);
		msgs[i].msg_len = (unsigned int)r;
	}
	return (n);
#endif
}

static int
transmit(int fd, struct one *msgs, int n)
{
#if defined(HAVE_RECVMMSG) && defined(HAVE_SENDMMSG)
	return (sendmmsg(fd, msgs, (unsigned int)n,
	    MSG_DONTWAIT|MSG_NOSIGNAL));
#else
	int	i;

	for (i = 0; i < n; i++) {
		if (sendmsg(fd, &msgs[i].msg_hdr,
		    MSG_DONTWAIT|MSG_NOSIGNAL) == -1)
			return (i > 0 ? i : -1);
	}
	return (n);
#endif
}

/* Errors of an earlier packet, brought by ICMP and told by the next call. */
static bool
is_icmp(int error)
{
	return (error == ECONNREFUSED || error == EHOSTUNREACH ||
	    error == ENETUNREACH || error == EHOSTDOWN ||
	    error == ENETDOWN || error == EMSGSIZE || error == ENOPROTOOPT ||
	    error == EPROTO);
}

int
os_udp_recv(int fd, struct os_udp_packet *packets, int n)
{
	struct one	msgs[OS_UDP_BATCH];
	struct iovec	iov[OS_UDP_BATCH];
	union control	control[OS_UDP_BATCH];
	int		i, got, tries = 8;

	must(n > 0 && n <= OS_UDP_BATCH);
	for (i = 0; i < n; i++) {
		iov[i].iov_base = packets[i].data;
		iov[i].iov_len = packets[i].size;
		memset(&msgs[i], 0, sizeof msgs[i]);
		msgs[i].msg_hdr.msg_name = &packets[i].peer.ss;
		msgs[i].msg_hdr.msg_namelen = sizeof packets[i].peer.ss;
		msgs[i].msg_hdr.msg_iov = &iov[i];
		msgs[i].msg_hdr.msg_iovlen = 1;
		msgs[i].msg_hdr.msg_control = &control[i];
		msgs[i].msg_hdr.msg_controllen = sizeof control[i];
	}
	do
		got = receive(fd, msgs, n);
	while (got == -1 && (errno == EINTR || is_icmp(errno)) && --tries > 0);
	if (got == -1) {
		if (errno == EAGAIN || errno == EWOULDBLOCK ||
		    errno == EINTR || is_icmp(errno))
			return (0);
		return (-1);
	}
	for (i = 0; i < got; i++) {
		packets[i].len = msgs[i].msg_len;
		packets[i].truncated =
		    (msgs[i].msg_hdr.msg_flags & MSG_TRUNC) != 0;
		packets[i].peer.len = msgs[i].msg_hdr.msg_namelen;
		read_control(&msgs[i].msg_hdr, &packets[i]);
	}
	return (got);
}

int
os_udp_send(int fd, const struct os_udp_packet *packets, int n)
{
	struct one	msgs[OS_UDP_BATCH];
	struct iovec	iov[OS_UDP_BATCH];
	union control	control[OS_UDP_BATCH];
	int		i, sent;

	if (n <= 0)
		return (0);
	if (n > OS_UDP_BATCH)
		n = OS_UDP_BATCH;
	for (i = 0; i < n; i++) {
		iov[i].iov_base = packets[i].data;
		iov[i].iov_len = packets[i].size;
		memset(&msgs[i], 0, sizeof msgs[i]);
		msgs[i].msg_hdr.msg_name =
		    (void *)(uintptr_t)&packets[i].peer.ss;
		msgs[i].msg_hdr.msg_namelen = packets[i].peer.len;
		msgs[i].msg_hdr.msg_iov = &iov[i];
		msgs[i].msg_hdr.msg_iovlen = 1;
		write_control(&msgs[i].msg_hdr, &control[i], &packets[i]);
	}
	do
		sent = transmit(fd, msgs, n);
	while (sent == -1 && (errno == EINTR || errno == ECONNREFUSED));
	if (sent == -1 && (errno == EAGAIN || errno == EWOULDBLOCK ||
	    errno == ENOBUFS))
		return (0);
	return (sent);
}

int
os_udp_source(const struct os_addr *peer, struct os_addr *local)
{
	int	fd = udp_socket(peer->ss.ss_family), r;

	memset(local, 0, sizeof *local);
	if (fd == -1)
		return (-1);
	/* Connecting sends nothing; it only asks the routing table. */
	r = connect(fd, (const struct sockaddr *)&peer->ss, peer->len);
	if (r == 0) {
		local->len = sizeof local->ss;
		r = getsockname(fd, (struct sockaddr *)&local->ss,
		    &local->len);
	}
	close(fd);
	if (r != 0)
		local->len = 0;
	else
		os_addr_set_port(local, 0);
	return (r);
}
