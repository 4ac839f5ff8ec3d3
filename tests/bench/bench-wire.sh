#!/bin/sh
# SPDX-License-Identifier: ISC
# Bytes on the wire for a key and for a page, beside mosh if it is installed.
set -u
: "${RMUX:?}" "${TESTS_DIR:?}"
if ! command -v python3 >/dev/null 2>&1; then
	echo "bench-wire: no python3"
	exit 0
fi
exec python3 "$TESTS_DIR/bench/wire.py" "$RMUX" "$TESTS_DIR/e2e/fake-ssh"
