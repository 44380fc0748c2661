#!/bin/sh
# base-image.sh - base images on machines that reach no registry.
#
#   base-image.sh debian             make sure that there is a Debian base image; prints the BASE_IMAGE to use
#   base-image.sh busybox [NAME...]  make labc/busybox:latest, a small image for tests; each NAME (busybox:latest,
#                                    alpine:latest, ...) that the engine has no image for becomes a name of it too
#   base-image.sh registry           make labc/registry:latest, a registry of one's own on port 5000
#
# `debian` prints debian:bookworm-slim where the engine has it or reaches a registry that does. Elsewhere it makes
# labc/debian:bookworm-slim from Debian's packages. What was made is kept as a tar in /var/cache/labc (as root) or
# in ~/.cache/labc, so that an engine that has lost its images gets them back in seconds.
set -eu

ORDINARY=debian:bookworm-slim
LOCAL=labc/debian:bookworm-slim
BUSYBOX=labc/busybox:latest
REGISTRY=labc/registry:latest
SHARED_CACHE=/var/cache/labc

here=$(dirname "$0")
# shellcheck source=scripts/common.sh
. "$here/common.sh"

usage() { sed -n '4,7s/^#   //p' "$0" >&2; exit 2; }
note() { say "$@" >&2; }   # standard output is for the image's name
has_image() { docker image inspect "$1" >/dev/null 2>&1; }

# The engine's own view: a client that reaches a registry says nothing about the engine (proxies, mirrors).
registry_has() { api "$DOCKER_HOST" "/distribution/$1/json" >/dev/null; }

# cached FILE: the path of a cached tar, root's before our own; nothing when there is none.
cached() (
  for dir in "$SHARED_CACHE" "$CACHE"; do
    [ -r "$dir/$1" ] && echo "$dir/$1" && return
  done
  return 0
)

# A work folder inside the cache: what is complete moves to its name in one step, what is not goes with us.
make_work() {
  mkdir -p "$CACHE"
  work=$(mktemp -d "$CACHE/new.XXXXXX")
  trap 'rm -rf "$work"' EXIT
  trap 'exit 130' INT TERM HUP
  chmod 755 "$work"   # it becomes the image's root folder
}

# keep FOLDER FILE: FOLDER's tree as a cached tar; owners by number, since an image has users of its own.
keep() {
  tar -C "$1" --numeric-owner --sort=name --exclude='./dev/*' --exclude='./proc/*' --exclude='./sys/*' \
    -cf "$work/tar" .
  mv "$work/tar" "$CACHE/$2"
}

# --- Debian -------------------------------------------------------------------------------------------------

debian() {
  if has_image "$ORDINARY"; then echo "$ORDINARY"; return; fi
  if has_image "$LOCAL"; then echo "$LOCAL"; return; fi
  if registry_has "$ORDINARY"; then echo "$ORDINARY"; return; fi
  tar=$(cached debian-bookworm.tar)
  if [ -z "$tar" ]; then
    is_root || fail "no registry has $ORDINARY for this engine, and only root can make a base image of packages:" \
      "run 'sh scripts/base-image.sh debian' as root once"
    note "no registry answers: making $LOCAL from Debian's packages (about half a minute)"
    bootstrap
    tar=$CACHE/debian-bookworm.tar
  fi
  docker import --change 'CMD ["bash"]' "$tar" "$LOCAL" >/dev/null
  echo "$LOCAL"
}

bootstrap() {
  have debootstrap || apt_install debootstrap
  make_work
  mirror=$(archive '')
  case $mirror in http*) ;; *) mirror= ;; esac   # debootstrap knows no mirror+file: and has a default of its own
  debootstrap --variant=minbase bookworm "$work/root" ${mirror:+"$mirror"} >"$work/log" 2>&1 ||
    { tail -n 5 "$work/log" >&2; fail 'debootstrap failed'; }
  write_sources "$work/root/etc/apt" "$mirror"
  slim "$work/root"
  keep "$work/root" debian-bookworm.tar
}

# debootstrap leaves the release alone, without its updates
write_sources() {
  security=$(archive -security)
  case $security in http*) ;; *) security= ;; esac
  {
    [ -z "$2" ] || echo "deb $2 bookworm-updates main"
    [ -z "$security" ] || echo "deb $security bookworm-security main"
  } >>"$1/sources.list"
}

# What the ordinary slim image does too: no manuals, no service started by a package, no syncing to disk.
slim() {
  printf '#!/bin/sh\nexit 101\n' >"$1/usr/sbin/policy-rc.d"
  chmod 755 "$1/usr/sbin/policy-rc.d"
  printf 'force-unsafe-io\n' >"$1/etc/dpkg/dpkg.cfg.d/unsafe-io"
  for dir in doc groff info linda lintian locale man; do
    echo "path-exclude /usr/share/$dir/*"
    rm -rf "${1:?}/usr/share/$dir"/*
  done >"$1/etc/dpkg/dpkg.cfg.d/slim"
  rm -rf "$1"/var/cache/apt/*.bin "$1"/var/cache/apt/archives/*.deb "$1"/var/lib/apt/lists/* "$1"/var/log/*.log
}

# --- busybox ------------------------------------------------------------------------------------------------

busybox() {
  if ! has_image "$BUSYBOX"; then
    tar=$(cached busybox.tar)
    if [ -z "$tar" ]; then
      make_work
      busybox_tree "$work/root"
      keep "$work/root" busybox.tar
      tar=$CACHE/busybox.tar
    fi
    docker import --change 'CMD ["/bin/sh"]' "$tar" "$BUSYBOX" >/dev/null
  fi
  for name in "$@"; do
    has_image "$name" || docker tag "$BUSYBOX" "$name"
  done
  echo "$BUSYBOX"
}

# Debian forky's static busybox (bookworm's crashes in wget) with a link for each applet, and the few files that
# programs look for.
busybox_tree() {
  unpack_debs "$work/package" forky busybox-static
  mkdir -p "$1/bin" "$1/sbin" "$1/usr/bin" "$1/etc" "$1/dev" "$1/proc" "$1/sys" "$1/run" "$1/home" "$1/var/www"
  mkdir -m 700 "$1/root"
  mkdir -m 1777 "$1/tmp" "$1/var/tmp"
  cp "$work/package/root/usr/bin/busybox" "$1/bin/busybox"
  for applet in $("$1/bin/busybox" --list); do
    [ "$applet" = busybox ] || ln -s busybox "$1/bin/$applet"
  done
  ln -s ../../bin/env "$1/usr/bin/env"   # where scripts' first lines look for it
  printf 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n' >"$1/etc/passwd"
  printf 'root:x:0:\nnogroup:x:65534:\n' >"$1/etc/group"
  printf 'hosts: files dns\n' >"$1/etc/nsswitch.conf"
}

# --- a registry ---------------------------------------------------------------------------------------------

registry() {
  if ! has_image "$REGISTRY"; then
    tar=$(cached registry.tar)
    if [ -z "$tar" ]; then
      make_work
      registry_tree "$work/package" bookworm
      keep "$work/package/root" registry.tar
      tar=$CACHE/registry.tar
    fi
    docker import --change 'EXPOSE 5000' --change 'CMD ["docker-registry", "serve", "/etc/registry.yml"]' \
      "$tar" "$REGISTRY" >/dev/null
  fi
  echo "$REGISTRY"
}

# Debian's docker-registry and the one library that it needs. Open to all: who wants logins sets REGISTRY_AUTH=htpasswd
# and what belongs to it, in the environment.
registry_tree() {
  unpack_debs "$1" "$2" docker-registry libc6
  rm -rf "$1/root/etc" "$1/root/usr/share" "$1"/root/usr/lib/*/gconv
  mkdir -p "$1/root/etc" "$1/root/var/lib/registry"
  mkdir -m 1777 "$1/root/tmp"
  cat >"$1/root/etc/registry.yml" <<'EOF'
version: 0.1
log: {level: warn}
storage: {filesystem: {rootdirectory: /var/lib/registry}}
http: {addr: ':5000', secret: single}
EOF
}

# --- the engine's client ------------------------------------------------------------------------------------

# The docker CLI and the engine that the other scripts use, also where nobody has exported anything.
find_docker() {
  DOCKER_HOST=$(sh "$here/engine.sh" status --host) || fail "no engine answers: run 'sh scripts/engine.sh start'"
  export DOCKER_HOST
  have docker || PATH=$PATH:/var/lib/labc/engine/bin
  have docker || fail 'this needs the docker command (Debian: apt-get install docker-cli)'
}

if is_root; then CACHE=$SHARED_CACHE; else CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/labc; fi
command=${1:-}
[ $# -eq 0 ] || shift
case "$command $#" in
  'debian 0' | 'registry 0' | busybox\ *) find_docker ;;
  *) usage ;;
esac
"$command" "$@"
