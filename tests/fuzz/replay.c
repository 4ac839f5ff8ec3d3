/* SPDX-License-Identifier: ISC */
/*
 * main() for a fuzz target where there is no libFuzzer: run it over the files
 * of its corpus, tests/fuzz/corpus/NAME/, or over those given as arguments, and
 * then over random variations of them (FUZZ_RUNS of them, FUZZ_SEED).  What is
 * being run is named before it runs, so that the last line tells what crashed;
 * a variation can be had again with the same FUZZ_SEED, and is written to the
 * file FUZZ_SAVE if that is set.
 */

#include <sys/stat.h>

#include <dirent.h>

#include "tap.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);
int	LLVMFuzzerInitialize(int *, char ***) __attribute__((weak));

#define INPUT_MAX	65536
#define CORPUS_MAX	4096
#define RUNS		2000

struct input {
	uint8_t	*data;
	size_t	 len;
};
static struct input	corpus[CORPUS_MAX];
static size_t		ncorpus;
static uint64_t		state;

static uint32_t
next(void)
{
	/* splitmix64: this file is linked to no archive of ours. */
	uint64_t	z = (state += UINT64_C(0x9e3779b97f4a7c15));

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return ((uint32_t)(z >> 32));
}

/* In memory of just its size, so that reading past its end is noticed. */
static void
run(const uint8_t *data, size_t len)
{
	uint8_t	*copy = malloc(len == 0 ? 1 : len);

	if (len != 0)
		memcpy(copy, data, len);
	LLVMFuzzerTestOneInput(copy, len);
	free(copy);
}

static void
load(const char *path)
{
	static uint8_t	 data[INPUT_MAX];
	FILE		*f = fopen(path, "rb");
	size_t		 n;

	if (f == NULL)
		bail("cannot read %s", path);
	n = fread(data, 1, sizeof data, f);
	fclose(f);
	printf("# %s\n", path);
	fflush(stdout);
	run(data, n);
	if (ncorpus == CORPUS_MAX)
		return;
	corpus[ncorpus].data = malloc(n == 0 ? 1 : n);
	memcpy(corpus[ncorpus].data, data, n);
	corpus[ncorpus++].len = n;
}

static int
by_name(const void *a, const void *b)
{
	return (strcmp(*(char *const *)a, *(char *const *)b));
}

static void
load_dir(const char *dir)
{
	DIR		*d = opendir(dir);
	struct dirent	*e;
	struct stat	 st;
	char		 path[8192], *names[CORPUS_MAX];
	size_t		 n = 0, i;

	if (d == NULL)
		return;
	while ((e = readdir(d)) != NULL && n < CORPUS_MAX) {
		if (*e->d_name != '.')
			names[n++] = strdup(e->d_name);
	}
	closedir(d);
	qsort(names, n, sizeof *names, by_name);
	for (i = 0; i < n; i++) {
		snprintf(path, sizeof path, "%.4000s/%s", dir, names[i]);
		if (stat(path, &st) == 0 && S_ISREG(st.st_mode))
			load(path);
		free(names[i]);
	}
}

/* Change a few things in an input; returns its new length. */
static size_t
vary(uint8_t *data, size_t len)
{
	static const uint8_t	 telling[] = { 0, 1, 0x7f, 0x80, 0xff, 0x1b,
				    '[', ']', ';', ':', '\\', '"', '{', '#' };
	const struct input	*other;
	uint32_t		 times = 1 + next() % 6;
	size_t			 at, n;

	while (times-- > 0) {
		at = len == 0 ? 0 : next() % len;
		switch (next() % 7) {
		case 0:		/* flip a bit */
			if (len != 0)
				data[at] ^= (uint8_t)(1 << next() % 8);
			break;
		case 1:		/* a byte that may mean something */
			if (len != 0)
				data[at] = telling[next() % sizeof telling];
			break;
		case 2:		/* cut */
			n = len - at == 0 ? 0 : next() % (len - at) % 32;
			memmove(data + at, data + at + n, len - at - n);
			len -= n;
			break;
		case 3:		/* double a part */
			n = len - at == 0 ? 0 : next() % (len - at);
			if (len + n <= INPUT_MAX) {
				memmove(data + at + n, data + at, len - at);
				len += n;
			}
			break;
		case 4:		/* a part of another input */
			other = &corpus[next() % ncorpus];
			n = other->len < INPUT_MAX - at ? other->len :
			    INPUT_MAX - at;
			memcpy(data + at, other->data, n);
			if (at + n > len)
				len = at + n;
			break;
		case 5:		/* put a byte in */
			if (len < INPUT_MAX) {
				memmove(data + at + 1, data + at, len - at);
				data[at] = (uint8_t)next();
				len++;
			}
			break;
		default:	/* end early */
			len = at;
		}
	}
	return (len);
}

static void
save(const char *path, const uint8_t *data, size_t len)
{
	FILE	*f = fopen(path, "wb");

	if (f == NULL)
		return;
	fwrite(data, 1, len, f);
	fclose(f);
}

static long
number(const char *name, long otherwise)
{
	const char	*s = getenv(name);

	return (s == NULL || *s == '\0' ? otherwise : strtol(s, NULL, 10));
}

int
main(int argc, char **argv)
{
	static uint8_t		 data[INPUT_MAX];
	const char		*dir = getenv("TESTS_DIR"), *name;
	const char		*file = getenv("FUZZ_SAVE");
	const struct input	*from;
	char			 path[4096];
	long			 i, runs = number("FUZZ_RUNS", RUNS);
	long			 seed = number("FUZZ_SEED", 1);
	size_t			 len;

	if (LLVMFuzzerInitialize != NULL)
		LLVMFuzzerInitialize(&argc, &argv);
	name = strrchr(argv[0], '/');
	name = name == NULL ? argv[0] : name + 1;
	if (strncmp(name, "fuzz-", 5) == 0)
		name += 5;
	run((const uint8_t *)"", 0);
	if (argc > 1) {
		for (i = 1; i < argc; i++)
			load(argv[i]);
		runs = 0;
	} else {
		snprintf(path, sizeof path, "%s/fuzz/corpus/%s",
		    dir == NULL ? "tests" : dir, name);
		load_dir(path);
	}
	ok(true, "%s survives its corpus of %zu", name, ncorpus);
	if (ncorpus == 0) {
		/* Something to begin with. */
		corpus[0].data = (uint8_t *)strdup("\033[1;2m{a} \377\0");
		corpus[0].len = 12;
		ncorpus = 1;
	}
	for (i = 0; i < runs; i++) {
		state = (uint64_t)(seed + i);
		from = &corpus[next() % ncorpus];
		len = from->len;
		memcpy(data, from->data, len);
		len = vary(data, len);
		if (file != NULL)
			save(file, data, len);
		if (i % 100 == 0) {
			printf("# FUZZ_SEED=%ld\n", seed + i);
			fflush(stdout);
		}
		run(data, len);
	}
	if (runs != 0)
		ok(true, "%s survives %ld variations", name, runs);
	for (len = 0; len < ncorpus; len++)
		free(corpus[len].data);
	return (done_testing());
}
