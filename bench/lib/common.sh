# Shared functions: error exit, HTTP requests, package installation.

fail() {
  echo "${0##*/}: $*" >&2
  exit 1
}

# Installs a Debian package if its command is missing.
require() { # command, package if named differently
  command -v "$1" >/dev/null && return
  echo "Installing ${2:-$1} …"
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${2:-$1}"; } >"$tmp/apt.log" 2>&1 </dev/null ||
    { tail -n 5 "$tmp/apt.log" >&2; fail "$1 is missing and could not be installed with apt-get."; }
}

request() {
  curl --silent --show-error --max-time 30 --noproxy '*' "$@"
}

status_of() {
  request --output /dev/null --write-out '%{http_code}' "$@" 2>/dev/null || true
}

now_ms() {
  echo $(($(date +%s%N) / 1000000))
}

contains() { # word, words separated by commas or spaces
  [[ " ${2//,/ } " == *" $1 "* ]]
}
