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

# The same layers, checked first where no engine is needed: a typing slip shall not wait for containers.
if [ $# -eq 0 ]; then
	npm run --silent check
fi
exec node scripts/run-tests.ts "$@"
