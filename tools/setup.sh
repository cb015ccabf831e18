#!/bin/sh
# Makes what a door needs and is not there yet: a virtual environment with hashed requirements and, for tests, Debian's packages and
# the checkers. Says plainly what is missing where it cannot help. Steps: run | dev | test, each includes the one before.
set -eu
cd "$(dirname "$0")/.."

say() { printf 'roundhearth: %s\n' "$*"; }
stop() { say "$*" >&2; exit 1; }

apt_install() {
    command -v apt-get >/dev/null || stop "please install these first, then try again: $*"
    if [ "$(id -u)" = 0 ]; then as_root=""
    elif command -v sudo >/dev/null; then as_root="sudo"
    else stop "needs root or sudo to install: $*. Ask whoever keeps this machine, then try again."
    fi
    say "installing $*"
    $as_root apt-get update -qq >/dev/null || say "the package list could not be renewed; trying with the one that is here"
    # RUNLEVEL=1: no package starts a service of its own; the tests start what they need.
    $as_root env RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null ||
        stop "could not install: $*"
}

find_python() {
    for name in python3 python3.13 python3.12 python3.11; do
        command -v "$name" >/dev/null || continue
        "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$name"; return; }
    done
    return 1
}

make_venv() {
    [ -x .venv/bin/python ] && .venv/bin/python -m pip --version >/dev/null 2>&1 && return
    python=$(find_python) || { apt_install python3 python3-venv; python=$(find_python); } ||
        stop "needs Python 3.11 or newer, and found none. Install it, then try again."
    say "making a virtual environment in .venv"
    "$python" -m venv --clear .venv >/dev/null 2>&1 || { apt_install python3-venv; "$python" -m venv --clear .venv; }
}

# A stamp holds the hash of the list it was made from, so a changed list installs again and an unchanged one costs nothing.
fresh() { [ -f ".venv/.$1" ] && [ "$(cat ".venv/.$1")" = "$(cat "$2" | cksum)" ]; }
stamp() { cat "$2" | cksum > ".venv/.$1"; }

requirements() {
    fresh "$1" "$2" && return
    say "installing what $2 lists (once)"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$2" || stop "could not install $2"
    stamp "$1" "$2"
}

debian_packages() {
    missing=""
    command -v redis-server >/dev/null || missing="$missing redis-server"
    command -v chromium >/dev/null || missing="$missing chromium fonts-dejavu-core"
    command -v janus >/dev/null || missing="$missing janus"
    # shellcheck disable=SC2086
    [ -z "$missing" ] || apt_install $missing
}

checkers() {
    fresh node package-lock.json && [ -d node_modules ] && return
    say "installing the checkers for the browser's part (once)"
    PATH="$PWD/.venv/bin:$PATH" .venv/bin/npm ci --ignore-scripts --silent || stop "could not install what package-lock.json lists"
    stamp node package-lock.json
}

make_venv
case "${1:-run}" in
    run) fresh dev requirements-dev.txt || requirements run requirements.txt ;;
    dev) requirements dev requirements-dev.txt ;;
    test) requirements dev requirements-dev.txt; debian_packages; checkers ;;
    *) stop "steps: run, dev, test" ;;
esac
