#!/bin/sh
# engine.sh - make sure that a Docker engine answers.
#
#   engine.sh start [--group NAME]   use the engine that is there, else start a private one
#   engine.sh stop                   end the private engine, and only that
#   engine.sh status [--host]        say which engine is used; --host: only its DOCKER_HOST value
#
# The engine that is used is docker's own choice: DOCKER_HOST, else the current docker context, else the
# default socket. Only where that choice is left open and nothing answers does `start` run a private engine:
# Debian's packages, unpacked beside the machine's own (nothing installed is replaced), data under
# /var/lib/labc, socket under /run/labc.
#
# Exit codes: 0 an engine answers (stop: the private one does not run any more), 1 it does not, 2 wrong usage.
set -eu

SUITE=forky                # bookworm's own engine (20.10) is too old for gpus, heredocs and named contexts
STATE=/var/lib/labc        # kept between boots
RUN=/run/labc              # gone after a boot, as its contents should be
ENGINE=$STATE/engine       # what the packages bring: root/ as unpacked, bin/ as dockerd's first PATH entry
BIN=$ENGINE/bin
LOG=$STATE/dockerd.log
PIDFILE=$RUN/docker.pid
SOCKET=$RUN/docker.sock
PRIVATE=unix://$SOCKET
DEFAULT=unix:///var/run/docker.sock
CONFIG=${DOCKER_CONFIG:-${HOME:-/root}/.docker}
PLUGINS=/usr/local/lib/docker/cli-plugins   # of the places the docker CLI reads, the one for local additions

# shellcheck source=scripts/common.sh
. "$(dirname "$0")/common.sh"
usage() { sed -n '4,6s/^#   //p' "$0" >&2; exit 2; }

# --- which engine -------------------------------------------------------------------------------------------

answers() { api "$1" /_ping >/dev/null; }

# The value of a string field in a docker configuration file; these files have one field of each name we read.
json_string() { sed -n 's/.*"'"$2"'"[[:space:]]*:[[:space:]]*"\([^"]*\)".*/\1/p' "$1" 2>/dev/null | head -n 1; }

# The current docker context's name; nothing when it is the built-in "default".
context_name() (
  name=${DOCKER_CONTEXT:-$(json_string "$CONFIG/config.json" currentContext)}
  [ "$name" = default ] || printf %s "$name"
)

# docker keeps a context in a folder named by the digest of the context's name
context_host() { json_string "$CONFIG/contexts/meta/$(printf %s "$1" | sha256sum | cut -d' ' -f1)/meta.json" Host; }

# What somebody chose on purpose: "HOST<tab>how", or nothing.
chosen() (
  if [ -n "${DOCKER_HOST:-}" ]; then printf '%s\tDOCKER_HOST' "$DOCKER_HOST"; return; fi
  name=$(context_name)
  [ -n "$name" ] || return 0
  printf '%s\tthe docker context "%s"' "$(context_host "$name")" "$name"
)

# dockerds [ours|others]: pids of the daemons that share our network namespace. Two of them there would remove
# each other's packet filter rules, so another one is never joined, only used.
dockerds() (
  here=$(readlink /proc/self/ns/net)
  for dir in /proc/[0-9]*; do
    { read -r comm <"$dir/comm"; } 2>/dev/null || continue
    [ "$comm" = dockerd ] || continue
    [ "$(readlink "$dir/ns/net" 2>/dev/null)" = "$here" ] || continue
    kind=others
    is_ours "${dir#/proc/}" && kind=ours
    [ "$kind" = "$1" ] && echo "${dir#/proc/}"
  done
  return 0
)

arguments() { tr '\0' '\n' <"/proc/$1/cmdline" 2>/dev/null; }

# A pid is only ever a hint (a file outlives its process): ours is what runs with our pid file as argument.
is_ours() { arguments "$1" | grep -qxF -- "--pidfile=$PIDFILE"; }

# The first address that a foreign dockerd was told to listen on.
listens_on() (
  host=$(arguments "$1" | awk '
    take { print; exit }
    $0 == "-H" || $0 == "--host" { take = 1; next }
    sub(/^(-H=?|--host=)/, "") { print; exit }')
  case $host in '' | fd://*) echo "$DEFAULT" ;; *) echo "$host" ;; esac
)

# Sets HOST and WHOSE to the engine that answers, or fails. A choice made on purpose is the only candidate:
# to fall back from it would run somebody's containers where they did not ask for them.
find_engine() {
  choice=$(chosen)
  if [ -n "$choice" ]; then
    HOST=${choice%%"	"*} WHOSE="which is the choice of ${choice#*"	"}"
    answers "$HOST"
    return
  fi
  HOST=$DEFAULT WHOSE='the default socket'
  answers "$HOST" && return
  HOST=$PRIVATE WHOSE='the private engine of labc'
  answers "$HOST" && return
  for pid in $(dockerds others); do
    HOST=$(listens_on "$pid") WHOSE="of a dockerd that runs here already (pid $pid)"
    answers "$HOST" && return
  done
  return 1
}

# Says why a chosen engine is no good; silent (and false) when nothing was chosen.
explain_choice() {
  choice=$(chosen)
  [ -n "$choice" ] || return 1
  host=${choice%%"	"*} how=${choice#*"	"}
  case $host in
    '') fail "$how names no engine: see 'docker context ls'" ;;
    unix://* | tcp://*) ;;
    *) fail "$how is $host: only unix:// and tcp:// can be used so far" ;;
  esac
  path=${host#unix://}
  if [ -S "$path" ] && [ ! -w "$path" ]; then
    fail "you may not use $path ($how): you need to be in the group '$(stat -c %G "$path")'"
  fi
  fail "nothing answers at $host ($how): start that engine, correct the choice, or unset it to get a private engine"
}

# --- the private engine's files -----------------------------------------------------------------------------

# What the unpacked programs take from the machine: runc (the suite's needs a newer libc) and the packet filter.
install_helpers() {
  set --
  have iptables || set -- iptables
  have runc || set -- "$@" runc
  [ $# -gt 0 ] || return 0
  say "installing with apt: $*"
  apt_install "$@"
}

usable() { "$ENGINE/root/usr/sbin/dockerd" --version >/dev/null 2>&1; }

# Everything happens in a folder of its own; only a complete tree gets the name that `usable` looks at.
unpack() {
  usable && return
  have apt-get || fail "no apt here: install Docker Engine with your system's own tools, then run this again"
  say "getting the engine from Debian's packages"
  mkdir -p "$ENGINE"
  rm -rf "$ENGINE"/new.*   # left over from a run that was killed
  work=$(mktemp -d "$ENGINE/new.XXXXXX")
  trap 'rm -rf "$work"' EXIT
  unpack_debs "$work" $SUITE docker.io containerd runc docker-cli docker-buildx docker-compose tini-static
  rm -rf "$ENGINE/root"
  mv "$work/root" "$ENGINE/root"
  rm -rf "$work"
  usable || fail "the engine of Debian $SUITE does not run here: install Docker Engine yourself, then run this again"
}

# dockerd finds its helpers by PATH; one folder of links gives it the unpacked ones and nothing else.
link_programs() {
  mkdir -p "$BIN"
  for program in sbin/dockerd sbin/docker-proxy bin/containerd bin/containerd-shim-runc-v2 bin/ctr bin/docker; do
    ln -sf "$ENGINE/root/usr/$program" "$BIN/${program##*/}"
  done
  ln -sf "$ENGINE/root/usr/bin/tini-static" "$BIN/docker-init"
  rm -f "$BIN/runc"
  "$ENGINE/root/usr/sbin/runc" --version >/dev/null 2>&1 && ln -sf "$ENGINE/root/usr/sbin/runc" "$BIN/runc"
  return 0
}

plugin() {
  for dir in "$CONFIG/cli-plugins" "$PLUGINS" /usr/local/libexec/docker/cli-plugins \
    /usr/lib/docker/cli-plugins /usr/libexec/docker/cli-plugins; do
    [ -x "$dir/$1" ] && echo "$dir/$1" && return
  done
  return 1
}

# The CLI and its plugins become findable, yet never in the place of what the machine has.
link_cli() {
  mkdir -p "$PLUGINS"
  for name in docker-buildx docker-compose; do
    plugin "$name" >/dev/null || ln -sf "$ENGINE/root/usr/libexec/docker/cli-plugins/$name" "$PLUGINS/$name"
  done
  have docker || ln -sf "$BIN/docker" /usr/local/bin/docker
}

# --- the private engine's process ---------------------------------------------------------------------------

launch() {
  rm -f "$PIDFILE"   # of a daemon that is gone: `start` has looked
  echo '{}' >"$ENGINE/daemon.json"   # so that a configuration of the machine's own engine is not read
  # setsid: Ctrl-C at this script, or the end of its terminal, is nothing to the engine.
  PATH=$BIN:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin setsid dockerd \
    --host="$PRIVATE" --group=0 --data-root="$STATE/docker" --exec-root="$RUN/exec" \
    --pidfile="$PIDFILE" --config-file="$ENGINE/daemon.json" >"$LOG" 2>&1 </dev/null 9>&- &
  wait_ready $!
}

wait_ready() {
  tries=0
  until answers "$PRIVATE"; do
    tries=$((tries + 1))
    if [ $tries -gt 300 ] || ! kill -0 "$1" 2>/dev/null; then
      tail -n 5 "$LOG" >&2
      fail "the private engine did not come up; its whole log is $LOG"
    fi
    sleep 0.1
  done
}

# dockerd looks at --group only when it makes the socket; this serves a running engine as well.
share_socket() {
  [ -n "$GROUP" ] || return 0
  chgrp "$GROUP" "$SOCKET"
  chmod 660 "$SOCKET"
}

# One start or stop at a time; the lock goes with the process that holds it, however that ends.
lock() {
  mkdir -p "$RUN" "$STATE"
  chmod 755 "$RUN" "$STATE"
  exec 9>"$RUN/lock"
  flock -w 300 9 || fail 'another engine.sh has been busy for five minutes: look at it first'
}

# --- commands -----------------------------------------------------------------------------------------------

start() {
  [ -z "$GROUP" ] || getent group "$GROUP" >/dev/null || fail "there is no group '$GROUP': make it with groupadd"
  if ! find_engine; then
    [ "${DOCKER_HOST:-}" = "$PRIVATE" ] || explain_choice || true
    is_root || without_root
    start_private
    HOST=$PRIVATE WHOSE='the private engine of labc'
  fi
  if [ "$HOST" = "$PRIVATE" ] && is_root; then share_socket; fi
  report
}

start_private() {
  trap 'exit 130' INT TERM HUP   # so that what unpack has begun is removed
  lock
  ours=$(dockerds ours | head -n 1)
  others=$(dockerds others | head -n 1)
  if [ -n "$ours" ]; then
    wait_ready "$ours"   # one that was started a moment ago, or whose starter was cut off
  elif [ -n "$others" ]; then
    fail "a dockerd runs here (pid $others): a second one would break its network. To use it, set DOCKER_HOST;" \
      "it listens on $(listens_on "$others")"
  else
    unpack
    install_helpers
    link_programs
    link_cli
    launch
  fi
  exec 9>&-
}

without_root() {
  if [ -S "$SOCKET" ] && [ ! -w "$SOCKET" ]; then
    fail "a private engine runs, but you may not use it: as root run 'sh scripts/engine.sh start --group NAME'" \
      'with a group that you are in'
  fi
  if [ -S "${DEFAULT#unix://}" ] && [ ! -w "${DEFAULT#unix://}" ]; then
    fail "you may not use ${DEFAULT#unix://}: you need to be in the group '$(stat -c %G "${DEFAULT#unix://}")'"
  fi
  fail "no engine answers, and only root can start one. Either install Docker Engine with buildx (Debian: apt-get" \
    "install docker.io docker-buildx) or have root run 'sh scripts/engine.sh start --group NAME' with a group" \
    'that you are in'
}

report() {
  say "using $HOST, $WHOSE"
  version=$(api "$HOST" /version | sed -n 's/.*"Version":"\([^"]*\)","ApiVersion":"\([^"]*\)".*/Docker \1, API \2/p')
  say "${version:-not Docker, but something that speaks its API}"
  for name in docker-buildx docker-compose; do
    path=$(plugin "$name") && say "${name#docker-} is $path"
  done
  plugin docker-buildx >/dev/null || say 'buildx is missing, and builds need it (Debian: apt-get install docker-buildx)'
  if [ "$HOST" != "$PRIVATE" ]; then
    [ -z "$GROUP" ] || say "it is not this project's to open to the group '$GROUP': see its own settings"
    return
  fi
  say "socket for the group '$(stat -c %G "$SOCKET")', data in $STATE/docker"
  say "programs in $BIN"
  [ "${DOCKER_HOST:-}" = "$PRIVATE" ] || say "to use it: export DOCKER_HOST=$PRIVATE"
}

status() {
  if find_engine; then
    if [ "$ONLY_HOST" = yes ]; then echo "$HOST"; else report; fi
  else
    [ "$ONLY_HOST" = yes ] || explain_choice || say 'no engine answers'
    exit 1
  fi
}

stop() {
  is_root || fail 'only root can stop the private engine'
  lock
  pid=$(dockerds ours | head -n 1)
  [ -n "$pid" ] || { say 'the private engine is not running'; return; }
  kill "$pid"
  tries=0
  # dockerd gives its containers ten seconds each, all at once, and then a little more
  while is_ours "$pid" 2>/dev/null; do
    tries=$((tries + 1))
    [ $tries -le 600 ] || fail "the private engine (pid $pid) does not end; its log is $LOG"
    sleep 0.1
  done
  rm -f "$SOCKET"
  say 'the private engine has stopped; its images and volumes stay'
}

GROUP='' ONLY_HOST=no
command=${1:-}
[ $# -eq 0 ] || shift
case "$command $#${1:+ $1}" in
  'start 0' | 'stop 0' | 'status 0') ;;
  'start 2 --group') GROUP=$2 ;;
  'status 1 --host') ONLY_HOST=yes ;;
  *) usage ;;
esac
"$command"
