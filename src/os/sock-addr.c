/* SPDX-License-Identifier: ISC */
/* Addresses of the Internet, as values. */

#include "os/sock.h"

#include "config.h"

#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/in.h>

#ifdef HAVE_GETIFADDRS
#include <ifaddrs.h>
#endif
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/xmalloc.h"

static const struct sockaddr_in *
v4(const struct os_addr *a)
{
	return ((const struct sockaddr_in *)&a->ss);
}

static const struct sockaddr_in6 *
v6(const struct os_addr *a)
{
	return ((const struct sockaddr_in6 *)&a->ss);
}

bool
os_addr_equal_host(const struct os_addr *a, const struct os_addr *b)
{
	if (a->len == 0 || b->len == 0)
		return (a->len == b->len);
	if (a->ss.ss_family != b->ss.ss_family)
		return (false);
	if (a->ss.ss_family == AF_INET)
		return (v4(a)->sin_addr.s_addr == v4(b)->sin_addr.s_addr);
	if (a->ss.ss_family == AF_INET6)
		return (memcmp(&v6(a)->sin6_addr, &v6(b)->sin6_addr,
		    sizeof(struct in6_addr)) == 0 &&
		    v6(a)->sin6_scope_id == v6(b)->sin6_scope_id);
	return (false);
}

bool
os_addr_equal(const struct os_addr *a, const struct os_addr *b)
{
	return (os_addr_equal_host(a, b) &&
	    os_addr_port(a) == os_addr_port(b));
}

uint16_t
os_addr_port(const struct os_addr *a)
{
	if (a->len == 0)
		return (0);
	if (a->ss.ss_family == AF_INET)
		return (ntohs(v4(a)->sin_port));
	if (a->ss.ss_family == AF_INET6)
		return (ntohs(v6(a)->sin6_port));
	return (0);
}

void
os_addr_set_port(struct os_addr *a, uint16_t port)
{
	if (a->len == 0)
		return;
	if (a->ss.ss_family == AF_INET)
		((struct sockaddr_in *)&a->ss)->sin_port = htons(port);
	else if (a->ss.ss_family == AF_INET6)
		((struct sockaddr_in6 *)&a->ss)->sin6_port = htons(port);
}

const char *
os_addr_format(const struct os_addr *a, char *buf, size_t size)
{
	char		host[INET6_ADDRSTRLEN], scope[16] = "";

	strlcpy(buf, "-", size);
	if (a->len == 0)
		return (buf);
	if (a->ss.ss_family == AF_INET && inet_ntop(AF_INET, &v4(a)->sin_addr,
	    host, sizeof host) != NULL)
		snprintf(buf, size, "%s:%u", host,
		    (unsigned int)os_addr_port(a));
	else if (a->ss.ss_family == AF_INET6 && inet_ntop(AF_INET6,
	    &v6(a)->sin6_addr, host, sizeof host) != NULL) {
		if (v6(a)->sin6_scope_id != 0)
			snprintf(scope, sizeof scope, "%%%lu",
			    (unsigned long)v6(a)->sin6_scope_id);
		snprintf(buf, size, "[%s%s]:%u", host, scope,
		    (unsigned int)os_addr_port(a));
	}
	return (buf);
}

/* The first n results of getaddrinfo(); how many, or its (negated) error. */
static int
lookup(const char *host, uint16_t port, int flags, struct os_addr *out, int n,
    const char **why)
{
	struct addrinfo	 hints, *res, *ai;
	char		 service[8];
	int		 error, got = 0;

	memset(&hints, 0, sizeof hints);
	hints.ai_family = AF_UNSPEC;
	hints.ai_socktype = SOCK_DGRAM;
	hints.ai_flags = flags | AI_NUMERICSERV;
	snprintf(service, sizeof service, "%u", (unsigned int)port);
	if ((error = getaddrinfo(host, service, &hints, &res)) != 0) {
		*why = gai_strerror(error);
		return (-1);
	}
	for (ai = res; ai != NULL && got < n; ai = ai->ai_next) {
		if ((ai->ai_family != AF_INET && ai->ai_family != AF_INET6) ||
		    ai->ai_addrlen > sizeof out[got].ss)
			continue;
		memset(&out[got], 0, sizeof out[got]);
		memcpy(&out[got].ss, ai->ai_addr, ai->ai_addrlen);
		out[got].len = ai->ai_addrlen;
		got++;
	}
	freeaddrinfo(res);
	return (got);
}

int
os_addr_parse(struct os_addr *a, const char *host, uint16_t port)
{
	const char	*why;

	memset(a, 0, sizeof *a);
	return (lookup(host, port, AI_NUMERICHOST, a, 1, &why) == 1 ? 0 : -1);
}

int
os_addr_resolve(const char *host, uint16_t port, struct os_addr *out, int n,
    char **cause)
{
	const char	*why = "no address";
	int		 got = lookup(host, port, 0, out, n, &why);

	if (got > 0)
		return (got);
	xasprintf(cause, "cannot find the address of %s: %s", host, why);
	return (-1);
}

void
os_addr_unmap(struct os_addr *a)
{
	struct sockaddr_in	sin;

	if (a->len == 0 || a->ss.ss_family != AF_INET6 ||
	    !IN6_IS_ADDR_V4MAPPED(&v6(a)->sin6_addr))
		return;
	memset(&sin, 0, sizeof sin);
	sin.sin_family = AF_INET;
#ifdef HAVE_SOCKADDR_SA_LEN
	sin.sin_len = sizeof sin;
#endif
	sin.sin_port = v6(a)->sin6_port;
	memcpy(&sin.sin_addr, v6(a)->sin6_addr.s6_addr + 12, 4);
	memset(&a->ss, 0, sizeof a->ss);
	memcpy(&a->ss, &sin, sizeof sin);
	a->len = sizeof sin;
}

int
os_addr_local(struct os_addr *out, int n)
{
#ifdef HAVE_GETIFADDRS
	struct ifaddrs	*list, *i;
	int		 got = 0;

	if (getifaddrs(&list) == -1)
		return (0);
	for (i = list; i != NULL && got < n; i = i->ifa_next) {
		if (i->ifa_addr == NULL || (i->ifa_flags & IFF_UP) == 0 ||
		    (i->ifa_flags & IFF_LOOPBACK) != 0)
			continue;
		memset(&out[got], 0, sizeof out[got]);
		if (i->ifa_addr->sa_family == AF_INET)
			out[got].len = sizeof(struct sockaddr_in);
		else if (i->ifa_addr->sa_family == AF_INET6)
			out[got].len = sizeof(struct sockaddr_in6);
		else
			continue;
		memcpy(&out[got].ss, i->ifa_addr, out[got].len);
		/* Of use only on the same wire. */
		if (i->ifa_addr->sa_family == AF_INET6 &&
		    IN6_IS_ADDR_LINKLOCAL(&v6(&out[got])->sin6_addr))
			continue;
		got++;
	}
	freeifaddrs(list);
	return (got);
#else
	(void)out;
	(void)n;
	return (0);
#endif
}
