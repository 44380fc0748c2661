#!/bin/sh
# start.sh [FOLDER]: an engine on a "GPU box" without a GPU, in a network namespace of the folder's name, beside any
# other engine.
# Prints the environment to test with; `kill $(cat FOLDER/docker.pid)` ends it. Needs root and `scripts/engine.sh start`
# to have unpacked its engine once; FAKE_GPU_ENGINE names the folder of another engine's programs: one before 25 knows
# nvidia's hook and no CDI. The box is box.json: four GPUs and one that is cut into slices.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=${1:-/run/labc-fake-gpu}
bin=${FAKE_GPU_ENGINE:-/var/lib/labc/engine/bin}
name=$(basename "$folder")
[ -x "$bin/dockerd" ] || { echo "no engine under $bin: run scripts/engine.sh start first" >&2; exit 1; }
mkdir -p "$folder/cdi"
cp "$here/box.json" "$folder/box.json"
python3 "$here/write-cdi.py" "$folder/box.json" "$folder/cdi"
echo '{}' >"$folder/daemon.json"
[ -e "/run/netns/$name" ] || ip netns add "$name"
ip -n "$name" link set lo up
: >"$folder/seen.log"
cdi=
"$bin/dockerd" --help | grep -q cdi-spec-dir && cdi="--cdi-spec-dir $folder/cdi"
# Not `ip netns exec`, which would hide the control groups. The caller's PATH may have programs of other engines.
# shellcheck disable=SC2086 # two words or none
PATH=$here:$bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin FAKE_GPU_LOG=$folder/seen.log setsid nsenter --net="/run/netns/$name" dockerd \
	--config-file "$folder/daemon.json" --host "unix://$folder/docker.sock" --pidfile "$folder/docker.pid" \
	--data-root "$folder/data" --exec-root "$folder/exec" --storage-driver vfs --bridge none --iptables=false \
	$cdi --add-runtime "nvidia=$here/nvidia-runtime" >"$folder/log" 2>&1 </dev/null &
for _ in $(seq 100); do
	[ -S "$folder/docker.sock" ] && break
	sleep 0.1
done
[ -S "$folder/docker.sock" ] || { tail -n 5 "$folder/log" >&2; exit 1; }
echo "export LABC_TEST_GPU_BOX=$folder FAKE_GPU_BOX=$folder/box.json"
