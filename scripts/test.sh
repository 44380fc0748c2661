#!/bin/sh
# Sets up what the tests need and runs all of them. Closes with `N passed, N failed`.
#   sh scripts/test.sh [LAYER...]     layers: unit golden property engine differential scenario
set -eu
cd "$(dirname "$0")/.."
# shellcheck source=scripts/common.sh
. scripts/common.sh
# shellcheck source=scripts/toolchain.sh
. scripts/toolchain.sh

# The terminal in the tests is a real one.
if ! have tmux; then
  is_root || fail 'tmux is missing: apt-get install tmux'
  apt_install tmux
fi
install_packages
npm run --silent build
sh scripts/engine.sh start
DOCKER_HOST=$(sh scripts/engine.sh status --host)
PATH=$PATH:/var/lib/labc/engine/bin # the docker CLI, where the machine has none of its own
export DOCKER_HOST PATH
sh scripts/base-image.sh busybox >/dev/null

# What needs no container comes first: a typing slip shall not wait for one.
if [ $# -eq 0 ]; then
  node scripts/check.ts --no-tests
fi
exec node scripts/run-tests.ts "$@"
