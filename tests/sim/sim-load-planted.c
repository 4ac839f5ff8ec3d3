/* SPDX-License-Identifier: ISC */

/* Does the load notice when streams may fill the window? */

#define SIM_PLANTED

#include <stdbool.h>

static bool	planted;

#define CONN_PLANT(fault)	(planted && PLANT_##fault)
#define PLANT_NO_SHARE		true
#define PLANT_NO_BUDGET		false
#define PLANT_OLD_MOVES		false
#define PLANT_WRONG_ACK		false

#include "sim-load.c"

#include "../../src/sync/conn.c"
#include "../../src/sync/conn-recv.c"
#include "../../src/sync/conn-send.c"

int
main(void)
{
	struct load_result	good, bad;

	load(125000, &good);
	planted = true;
	load(125000, &bad);
	ok(good.p95 <= RTT_US + 50 * MS, "all is well without");
	ok(bad.p95 > RTT_US + 50 * MS, "without shares keys wait");
	return (done_testing());
}
