#!/bin/sh
# test.sh [TEST...]: what labc does on a GPU box without a GPU, from a box of its own to its end: the scenarios of
# test/scenario/gpu-*, or those named. Prints how long a freed GPU took to be in use again. Needs root.
# FAKE_GPU_ENGINE names the folder of another engine's programs, as for start.sh.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
PATH=$PWD/node_modules/.bin:$PATH:/var/lib/labc/engine/bin # node, and the docker CLI where the machine has none of its own
export PATH
[ -x dist/labc ] || npm run --silent build
folder=$(mktemp -d /run/labc-gpu-test.XXXXXX)
end() {
	[ ! -s "$folder/docker.pid" ] || kill "$(cat "$folder/docker.pid")" || true
	for _ in $(seq 100); do
		[ -e "$folder/docker.pid" ] || break
		sleep 0.1
	done
	ip netns del "$(basename "$folder")" || true
	rm -rf "$folder"
}
trap end EXIT
trap 'exit 130' INT TERM HUP
sh "$here/start.sh" "$folder" >/dev/null
DOCKER_HOST=unix://$folder/docker.sock sh scripts/base-image.sh busybox busybox:latest
chmod 711 "$folder" # people of the box get to its socket
[ $# -gt 0 ] || set -- test/scenario/gpu-*.test.ts
LABC_TEST_GPU_BOX=$folder FAKE_GPU_BOX=$folder/box.json node --test --test-reporter=spec "$@"
