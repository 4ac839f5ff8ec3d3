/* SPDX-License-Identifier: ISC */
/* The log, its ring, and the last words; and random numbers, as a small test. */

#include <sys/wait.h>

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "base/log.h"
#include "base/rng.h"
#include "base/xmalloc.h"
#include "tap.h"

static char	text[1 << 18];

static usec_t
noon(void)
{
	return (12 * USEC_PER_SEC + 34);
}

static void
slurp(const char *path)
{
	int	fd = open(path, O_RDONLY);
	ssize_t	n = fd == -1 ? -1 : read(fd, text, sizeof text - 1);

	text[n < 0 ? 0 : n] = '\0';
	close(fd);
}

static void
test_log(void)
{
	int	i;

	log_info("before %d", 1);
	log_debug("nobody wants this");
	log_set_clock(noon);
	is_int(log_open(LOG_LEVEL_INFO, "log"), 0, "a log can be opened");
	log_warn("a\033[31mb");
	log_debug("nor this");
	slurp("log");
	ok(strstr(text, "before 1\n") != NULL,
	    "what was logged before opening is there");
	ok(strstr(text, "12.000034 w test_log: a?[31mb\n") != NULL,
	    "lines have time, level and place, and no control bytes");
	ok(strstr(text, "nobody") == NULL, "debug lines are not there");
	for (i = 0; i < LOG_RING_LINES + 10; i++)
		log_info("line %d", i);
	log_close();
	i = open("ring", O_WRONLY|O_CREAT, 0600);
	log_ring_dump(i);
	close(i);
	slurp("ring");
	ok(strstr(text, "line 9\n") == NULL, "old lines leave the ring");
	ok(strstr(text, "line 10\n") != NULL, "as many stay as it holds");
	ok(strncmp(strchr(text, ':'), ": line 10\n", 10) == 0,
	    "the oldest comes first");
	ok(strstr(text, "line 265\n") != NULL, "the newest is there");
}

static void
cry(void)
{
	if (write(STDERR_FILENO, "restored\n", 9) != 9)
		_exit(9);
}

/* Run fn in a child with stderr into a file; its wait status. */
static int
dying(void (*fn)(void))
{
	int	fd, status = 0;
	pid_t	pid = fork();

	if (pid == 0) {
		fd = open("last", O_WRONLY|O_CREAT|O_TRUNC, 0600);
		dup2(fd, STDERR_FILENO);
		log_set_fatal(cry);
		fn();
		_exit(0);
	}
	waitpid(pid, &status, 0);
	slurp("last");
	return (status);
}

static void
break_must(void)
{
	int	two = 2;

	signal(SIGABRT, SIG_DFL);
	must(two == 3);
}

static void
call_fatal(void)
{
	if (open("/nonexistent/file", O_RDONLY) == -1)
		fatal("cannot open it");
}

static void
overflow(void)
{
	volatile size_t	n = SIZE_MAX / 2;

	free(xcalloc(n, 4));
}

static void
test_fatal(void)
{
	int	status = dying(break_must);

	ok(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT,
	    "what must be true and is not aborts");
	ok(strstr(text, "two == 3 is not true") != NULL, "and says what");
	ok(strncmp(text, "restored\n", 9) == 0, "after the hook was called");
	ok(strstr(text, "line 265") != NULL, "and the ring was dumped");
	status = dying(call_fatal);
	ok(WIFEXITED(status) && WEXITSTATUS(status) == 1, "fatal() exits");
	ok(strstr(text, "cannot open it: No such file or directory\n") !=
	    NULL, "with the error in words");
	status = dying(overflow);
	ok(WIFEXITED(status) && WEXITSTATUS(status) == 1 &&
	    strstr(text, "out of memory") != NULL,
	    "sizes that overflow are not allocated");
}

static void
test_rng(void)
{
	struct rng_seeded	a, b;
	uint8_t			x[100], y[100];
	int			i, seen[7] = { 0 }, bad = 0;

	rng_seeded_init(&a, 99);
	rng_seeded_init(&b, 99);
	a.rng.fill(&a.rng, x, sizeof x);
	b.rng.fill(&b.rng, y, sizeof y);
	is_mem(x, y, sizeof x, "the same seed gives the same bytes");
	rng_seeded_init(&b, 100);
	b.rng.fill(&b.rng, y, sizeof y);
	ok(memcmp(x, y, sizeof x) != 0, "another seed gives others");
	for (i = 0; i < 70000; i++)
		seen[rng_below(&a.rng, 7)]++;
	for (i = 0; i < 7; i++)
		bad += seen[i] < 9500 || seen[i] > 10500;
	is_int(bad, 0, "numbers below 7 are about equally frequent");
	is_int(rng_below(&a.rng, 1), 0, "below 1 there is only 0");

	for (i = 0; i < 4; i++)
		a.s[i] = (uint64_t)i + 1;
	is_int(rng_u64(&a.rng), 11520, "the generator is the published one");
	is_int(rng_u64(&a.rng), 0, "as its reference code gives");
	is_int(rng_u64(&a.rng), 1509978240, "from the state 1, 2, 3, 4");
}

int
main(void)
{
	test_log();
	test_fatal();
	test_rng();
	return (done_testing());
}
