# shellcheck shell=sh
# Read by the other scripts (`. scripts/common.sh`): words to the user, the engine's API, Debian's archive.

me=$(basename "$0" .sh)   # the word that a script's messages begin with

say() { printf '%s: %s\n' "$me" "$*"; }
fail() { printf '%s: %s\n' "$me" "$*" >&2; exit 1; }
is_root() { [ "$(id -u)" -eq 0 ]; }
have() { command -v "$1" >/dev/null 2>&1; }

# --- the engine ---------------------------------------------------------------------------------------------

# api HOST PATH: the body of a GET, or failure within five seconds. curl where it is, else node: one of the two
# is on every machine that can build labc, the docker CLI is not.
api() {
  case $1 in
    unix://*) set -- "${1#unix://}" localhost "$2" ;;
    tcp://*) set -- '' "${1#tcp://}" "$2" ;;
    *) return 1 ;;
  esac
  if have curl; then
    curl -sf --noproxy '*' --max-time 5 ${1:+--unix-socket "$1"} "http://$2$3" 2>/dev/null
  else
    node -e 'const [socketPath, host, path] = process.argv.slice(1), { hostname, port } = new URL("http://" + host);
      const options = socketPath ? { socketPath, path } : { hostname, port, path };
      require("http").get({ ...options, timeout: 5000 }, (r) => {
        r.statusCode === 200 ? r.pipe(process.stdout) : process.exit(1);
      }).on("timeout", () => process.exit(1)).on("error", () => process.exit(1))' "$1" "$2" "$3" 2>/dev/null
  fi
}

# --- Debian's packages --------------------------------------------------------------------------------------

# archive SUFFIX: where the machine's own packages come from, asked of apt itself: it reads every format of its
# sources, and a mirror or proxy that this site set up stays in use. SUFFIX is empty or "-security".
archive() (
  # shellcheck disable=SC1091
  codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-none}")
  # shellcheck disable=SC2016 # $(…) is apt's notation here
  apt-get indextargets --format '$(RELEASE) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' |
    awk -v codename="$codename" -v suffix="$1" '
      $2 == "main" && ($1 == codename suffix || $1 == "stable" suffix || $1 == "oldstable" suffix) {
        sub("/$", "", $3); print $3; exit
      }'
)

# unpack_debs FOLDER SUITE PACKAGE...: FOLDER/root gets what these packages hold, without installing anything.
# apt has lists and cache of its own here: the machine's lists, pins and packages stay untouched.
unpack_debs() (
  work=$1 suite=$2
  shift 2
  have apt-get || fail 'this needs a Debian system (apt)'
  mirror=$(archive '')
  [ -n "$mirror" ] || fail 'no Debian archive among the apt sources'
  mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/debs"
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main" >"$work/sources.list"
  options="-qq -o Dir::Etc::SourceList=$work/sources.list -o Dir::Etc::SourceParts=/dev/null
    -o Dir::Etc::Preferences=/dev/null -o Dir::Etc::PreferencesParts=/dev/null -o Dir::State::Lists=$work/lists
    -o Dir::Cache=$work/cache -o Acquire::Languages=none -o APT::Sandbox::User=root"
  cd "$work/debs" || exit
  # shellcheck disable=SC2086 # a list of words
  { apt-get $options update && apt-get $options download "$@"; } || fail "apt could not get $* from Debian $suite"
  for deb in *.deb; do dpkg -x "$deb" "$work/root"; done
)

# apt_install NAME...: with the machine's own apt, quietly; the lists are read anew first, since they may
# never have been.
apt_install() {
  update_lists
  errors=$(DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o DPkg::Lock::Timeout=120 install \
    --no-install-recommends "$@" 2>&1) || fail "apt could not install $*: $errors"
}

# apt waits for dpkg's lock when asked to, but never for the one on its lists.
update_lists() {
  tries=0
  until errors=$(apt-get -qq update 2>&1); do
    tries=$((tries + 1))
    case $errors in *'Could not get lock'*) [ $tries -lt 30 ] && sleep 2 && continue ;; esac
    fail "apt could not read its package lists: $errors"
  done
}
