/* SPDX-License-Identifier: ISC */

/*
 * notice.c - the line over the screen that speaks of the connection.
 *
 * Two kinds: the banner while nothing is heard from the server, which counts the seconds and
 * tells the way out; and calm lines that pass by themselves (UDP works now, it does not).
 */

#include <stdio.h>
#include <time.h>

#include "client/client-int.h"
#include "os/clock.h"

#define CALM_TIME	(6 * USEC_PER_SEC)	/* a passing notice */

void
notice_calm(struct app *a, const char *text)
{
	snprintf(a->calm, sizeof a->calm, "%s", text);
	a->calm_until = a->now + CALM_TIME;
}

void
notice_update(struct app *a)
{
	struct conn_stats	 st;
	char			 text[256], when[32];
	time_t			 since;
	struct tm		 tm;
	unsigned long long	 ago;

	a->way_out = false;
	if (!a->attached)
		return;
	conn_stats(a->conn, &st);
	if (a->remote && st.last_heard != 0 && (a->now >= st.stale_at || a->cut_at != 0)) {
		ago = (a->now - st.last_heard) / USEC_PER_SEC;
		since = (time_t)(os_time_us() / USEC_PER_SEC) - (time_t)ago;
		localtime_r(&since, &tm);
		strftime(when, sizeof when, "%H:%M:%S", &tm);
		/* The way out first: a narrow terminal cuts the end off. */
		if (a->cut_at != 0)
			snprintf(text, sizeof text, "rmux: ssh ended, no UDP (since %s). "
			    "To leave: ~. Trying %s", when, a->args->host);
		else
			snprintf(text, sizeof text, "rmux: nothing heard for %llu s (since %s). "
			    "To leave: ~. Trying %s", ago, when, a->args->host);
		a->way_out = true;
		screen_notice(a->screen, text);
	} else if (a->now < a->calm_until)
		screen_notice(a->screen, a->calm);
	else
		screen_notice(a->screen, NULL);
}

/* When notice_update would say something else. */
usec_t
notice_deadline(struct app *a)
{
	struct conn_stats	st;
	usec_t			t = USEC_NEVER;

	if (!a->attached)
		return (t);
	if (a->now < a->calm_until)
		t = a->calm_until;
	if (!a->remote)
		return (t);
	conn_stats(a->conn, &st);
	if (st.last_heard != 0) {
		usec_t n = a->now < st.stale_at ? st.stale_at :
		    a->now + USEC_PER_SEC - (a->now - st.last_heard) % USEC_PER_SEC;
		if (n < t)
			t = n;
	}
	return (t);
}
