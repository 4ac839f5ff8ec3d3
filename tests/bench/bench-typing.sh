#!/bin/sh
# SPDX-License-Identifier: ISC
#
# bench-typing.sh - the share of typed keys that is on the glass at once, over
# the relay at several round trips (RTTS, ms) and losses (LOSSES).

set -u
: "${RMUX:?}" "${TOOLS_DIR:?}"
for rtt in ${RTTS:-100 300 500}; do
	for loss in ${LOSSES:-0 0.05}; do
		dir=$(mktemp -d "${TMPDIR:-/tmp}/bt.XXXXXX") || exit 1
		echo "round trip $rtt ms, loss $loss"
		TMPDIR=$dir HOME=$dir LC_ALL=C.UTF-8 \
		    "$TOOLS_DIR/tool-typing" "$rtt" "$loss" | grep 'at once'
		rm -rf "$dir"
	done
done
