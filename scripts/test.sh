#!/bin/sh
# Sets up what the tests need and runs all of them. Closes with `N passed, N failed`.
#   sh scripts/test.sh [LAYER...]     layers: unit golden property engine differential scenario
set -eu
cd "$(dirname "$0")/.."
. scripts/toolchain.sh

install_packages
npm run --silent build
sh scripts/engine.sh start
DOCKER_HOST=$(sh scripts/engine.sh status --host)
export DOCKER_HOST
sh scripts/base-image.sh busybox >/dev/null

# What needs no container comes first: a typing slip shall not wait for one.
if [ $# -eq 0 ]; then
	node scripts/check.ts --no-tests
fi
exec node scripts/run-tests.ts "$@"
