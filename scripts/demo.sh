#!/bin/sh
# demo.sh - from a fresh clone to a running lab: installs, builds labc, makes sure that an engine answers, writes
# .env where there is none, brings up compose.yml, trains once and shows what can be opened.
# Run again it keeps what is there: no service container is made anew. `dist/labc compose down` ends the lab.
set -eu

cd "$(dirname "$0")/.."
# shellcheck source=scripts/common.sh
. scripts/common.sh
# shellcheck source=scripts/toolchain.sh
. scripts/toolchain.sh

STARTED=$(date +%s)

step() { printf '\n--- %s (%s s)\n' "$*" $(($(date +%s) - STARTED)); }

# --- .env ---------------------------------------------------------------------------------------------------

# The caller's name in the letters that a project name may have.
person() { id -un | tr '[:upper:]' '[:lower:]' | tr -c 'a-z0-9_\n' '-'; }

# The first port from $1 on that nobody listens on: several people's labs share a host.
free_port() {
  node -e 'const take = (port) => require("net").createServer()
    .on("error", () => take(port + 1))
    .listen(port, "127.0.0.1", function () { this.close(() => console.log(port)); });
    take(Number(process.argv[1]))' "$1"
}

# Debian's place of the certificate bundle, else that of other systems.
certificates() (
  for file in /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt /etc/ssl/ca-bundle.pem; do
    [ -r "$file" ] && echo "$file" && return
  done
  fail 'there is no bundle of certificates: builds need one (Debian: apt-get install ca-certificates)'
)

write_env() (
  umask 077   # the token is nobody else's
  jupyter=$(free_port 8888) tensorboard=$(free_port 6006) bundle=$(certificates)
  sed -e "s/^USER_NAME=.*/USER_NAME=$(person)/" \
    -e "s/^USER_UID=.*/USER_UID=$(id -u)/" \
    -e "s/^USER_GID=.*/USER_GID=$(id -g)/" \
    -e "s/^JUPYTER_TOKEN=.*/JUPYTER_TOKEN=$(od -An -N24 -tx1 /dev/urandom | tr -d ' \n')/" \
    -e "s/^JUPYTER_PORT=.*/JUPYTER_PORT=$jupyter/" \
    -e "s/^TENSORBOARD_PORT=.*/TENSORBOARD_PORT=$tensorboard/" \
    -e "s|^BASE_IMAGE=.*|BASE_IMAGE=$1|" \
    -e "s|^CA_BUNDLE=.*|CA_BUNDLE=$bundle|" .env.example >.env.new
  mv .env.new .env
  say "wrote .env for $(person) ($(id -u):$(id -g)), ports $jupyter and $tensorboard"
)

# --- the path -----------------------------------------------------------------------------------------------

step 'install and build'
install_packages
npm run --silent build

step 'engine and base image'
sh scripts/engine.sh start
given=${DOCKER_HOST:-unix:///var/run/docker.sock}
DOCKER_HOST=$(sh scripts/engine.sh status --host)
export DOCKER_HOST
base=$(sh scripts/base-image.sh debian)
[ -e .env ] || write_env "$base"
grep -q "^BASE_IMAGE=$base\$" .env || say "note: .env does not say BASE_IMAGE=$base, which is what this engine has"

step 'labc compose up -d --wait'
dist/labc compose up -d --wait
step 'labc compose ps'
dist/labc compose ps
step 'labc compose run --rm ml-app'
trained=$(date +%s)
dist/labc compose run --rm ml-app

step 'what can be opened'
node scripts/show-lab.ts "$trained"
printf '\n  To go on      dist/labc compose ps | logs -f | down\n'
[ "$DOCKER_HOST" = "$given" ] || printf '                after: export DOCKER_HOST=%s\n' "$DOCKER_HOST"
echo
say "done in $(($(date +%s) - STARTED)) seconds"
