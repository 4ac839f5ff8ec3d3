/* SPDX-License-Identifier: ISC */

/*
 * Does the simulation notice?  Each fault is built into the engine or into
 * what stands around it, and must be found within a few hundred seeds; a
 * simulation that finds nothing says nothing.
 */

#define SIM_PLANTED

static int	sim_fault;

#define CONN_PLANT(fault)	(sim_fault == FAULT_##fault)
#define FAULT_NO_SHARE	(-1)	/* sim-load-planted.c */

#include "sim-sync.c"

#include "../../src/sync/conn.c"
#include "../../src/sync/conn-recv.c"
#include "../../src/sync/conn-rekey.c"
#include "../../src/sync/conn-send.c"

static const char *const names[FAULT_COUNT] = {
	[FAULT_NONE] = "nothing",
	[FAULT_REPLAY] = "a replayed datagram that is accepted",
	[FAULT_DROP_INPUT] = "input that is dropped",
	[FAULT_OLD_MOVES] = "an address taken from an old datagram",
	[FAULT_WRONG_ACK] = "a wrong acknowledgement",
	[FAULT_NO_BUDGET] = "too much sent to an unknown address",
	[FAULT_OLD_KEY] = "an old key that is kept",
	[FAULT_STALE_SLOT] = "an old value over a newer one",
};

#define SEEDS_MAX	300

int
main(void)
{
	char		why[256];
	uint64_t	seed;

	for (sim_fault = 1; sim_fault < FAULT_COUNT; sim_fault++) {
		for (seed = 1; seed <= SEEDS_MAX; seed++) {
			if (!run(seed, why, sizeof why))
				break;
		}
		if (ok(seed <= SEEDS_MAX, "%s is noticed", names[sim_fault]))
			diag("by seed %ju: %s", (uintmax_t)seed, why);
	}
	return (done_testing());
}
