# Measures a server in the first 30 s of its process, under load from its first response on.

# Runs on one core, then on all: all come last, so that later measurements use them.
measure_warm_ups() { # instances
  local cores instance
  for cores in one all; do
    for instance in $1; do
      measure_warm_up "$cores" "$instance"
    done
  done
}

# Adds a line: warm-up, cores, system, users; requests/s and CPU µs per request in the first 10 s, and in seconds 20 to 30.
measure_warm_up() { # cores, instance
  local began poller first later
  stop "$2"
  run_pinned $start_limit dotnet "$builds/driver/Driver.dll" first-200 "${url[$2]}$(path_of user "$2")" "$(cookie_for user "$2")" >/dev/null &
  poller=$!
  sleep 1 # until the driver polls
  began=$(now_ms)
  if [[ $1 == one ]]; then launch "$2" 0; else launch "$2"; fi
  wait "$poller" || fail "$2 did not start again."
  first=$(load_until 10 "$2" "$began" "$began" 0) || fail "warm-up on $2 failed."
  load_until 20 "$2" "$began" "$began" 0 >/dev/null || fail "warm-up on $2 failed."
  later=$(load_until 30 "$2" "$began" "$(now_ms)" "$(cpu_ticks "$2")") || fail "warm-up on $2 failed."
  printf '%s\t' warm-up "$1" "${2%@*}" "${2#*@}" $first >>"$results"
  echo "${later/ /$'\t'}" >>"$results"
  printf '  %-14s %-22s first 10 s: %6.0f /s  %7.1f µs CPU  20 to 30 s: %6.0f /s  %7.1f µs CPU\n' "warm-up, $1" "$2" $first $later
}

# Loads an instance until a given second of its process, to within half a second, as loads last whole seconds. Prints requests/s since
# the moment and CPU µs per request since the ticks.
load_until() { # second, instance, start of its process (ms), moment (ms), ticks
  local requests rest
  load user "$2" $((($1 * 1000 - $(now_ms) + $3 + 500) / 1000)) >"$tmp/load" || return
  read -r requests rest <"$tmp/load"
  awk -v requests="$requests" -v ms=$(($(now_ms) - $4)) -v ticks=$(($(cpu_ticks "$2") - $5)) -v hz="$(getconf CLK_TCK)" \
    'BEGIN { printf "%.1f %.1f", requests * 1000 / ms, ticks / hz * 1000000 / requests }'
}
