# Loads a server from the last core and records the results.
readonly connections=32
readonly links=64 # in parallel: Roundtable takes 50 ms for each link request, which must not dominate the result
generator_core=$(($(nproc) - 1))

run_pinned() { # seconds, command …
  local limit=$(($1 + 60))
  shift
  timeout --foreground "$limit" taskset --cpu-list "$generator_core" "$@" </dev/null
}

# Each load_by_… function prints: requests, requests/s, p50, p99 (ms).
load_by_wrk() { # scenario, instance, seconds
  local path script=()
  path=$(path_of "$1" "$2")
  [[ $1 != search ]] || script=(--script "$bench/lib/search.lua" -- "$path" "${2#*@}")
  run_pinned "$3" wrk --threads 1 --connections $connections --duration "$3s" --timeout 30s --latency \
    --header "$(credential_for "$1" "$2")" "${script[@]:0:2}" "${url[$2]}$path" "${script[@]:2}" >"$tmp/wrk" || return
  if grep -qE 'Non-2xx|Socket errors' "$tmp/wrk"; then
    echo "some responses were not 2xx: $(grep -E 'Non-2xx|Socket errors' "$tmp/wrk" | xargs)" >&2
    return 1
  fi
  awk '
    function ms(text) { return text ~ /us$/ ? text / 1000 : text ~ /ms$/ ? text + 0 : text * 1000 }
    $1 == "50%" { p50 = ms($2) }
    $1 == "99%" { p99 = ms($2) }
    $2 == "requests" && $3 == "in" { requests = $1 }
    $1 == "Requests/sec:" { rate = $2 }
    END { print requests, rate, p50, p99 }' "$tmp/wrk"
}

load_by_driver() { # scenario, instance, seconds
  local dialect=${2%@*} folder
  folder=$(folder_of "$2")
  case $1 in
    patch) run_pinned "$3" dotnet "$builds/driver/Driver.dll" patch "${dialect%%-*}" "${url[$2]}" "$folder/signed-in" "$3" ;;
    magic-link) run_pinned "$3" dotnet "$builds/driver/Driver.dll" magic-link "${dialect%%-*}" "${url[$2]}" "$folder/mail" "${2#*@}" $links "$3" ;;
  esac
}

load() { # scenario, instance, seconds
  if contains "$1" "$reads"; then load_by_wrk "$@"; else load_by_driver "$@"; fi
}

# Waits until a server has finished the requests left over from the last load, whose clients are gone.
wait_until_idle() { # instance
  local before waited
  for ((waited = 0; waited < 60; waited++)); do
    before=$(cpu_ticks "$1")
    sleep 0.5
    [[ $(($(cpu_ticks "$1") - before)) -gt 5 ]] || return 0
  done
}

# One round; adds a line to the results: kind, scenario, system, users, requests/s, CPU µs per request, p50, p99 (ms), RSS (MB).
measure() { # kind (load, growth), scenario, instance, seconds
  local kind=$1
  shift
  local before after requests rate p50 p99 cpu rss
  wait_until_idle "$2"
  before=$(cpu_ticks "$2")
  load "$@" >"$tmp/load" || fail "$1 on $2 failed."
  after=$(cpu_ticks "$2")
  rss=$(memory "$2" VmRSS)
  read -r requests rate p50 p99 <"$tmp/load"
  [[ $requests -gt 0 ]] || { echo "  $2 answered no $1 request within $3 s; this round is not counted." >&2; return 0; }
  cpu=$(awk -v ticks=$((after - before)) -v hz="$(getconf CLK_TCK)" -v requests="$requests" 'BEGIN { printf "%.1f", ticks / hz * 1000000 / requests }')
  printf '%s\t' "$kind" "$1" "${2%@*}" "${2#*@}" "$rate" "$cpu" "$p50" "$p99" >>"$results"
  echo "$rss" >>"$results"
  printf '  %-14s %-22s %9.0f /s  %7.1f µs CPU  p50 %8.2f ms  p99 %8.2f ms\n' "$1" "$2" "$rate" "$cpu" "$p50" "$p99"
}

# Runs every scenario on every instance, alternating: A B A B.
measure_all() { # kind, scenarios, instances
  local scenario instance round warm
  for scenario in $2; do
    # Writes run much more code, which takes more calls until the JIT has fully optimized it.
    warm=$warm_up
    [[ $scenario != patch && $scenario != magic-link ]] || warm=$warm_up_writes
    for instance in $3; do
      ! is_supported "$scenario" "$instance" || load "$scenario" "$instance" "$warm" >"$tmp/load" || fail "$scenario on $instance failed."
    done
    for ((round = 1; round <= rounds; round++)); do
      for instance in $3; do
        ! is_supported "$scenario" "$instance" || measure "$1" "$scenario" "$instance" "$seconds"
      done
    done
  done
}

# Measures the time from the start of the process to the first authenticated 200, with an existing database; alternating, without the
# first round. Adds lines: cold-start, system, users, ms.
measure_cold_starts() { # instances
  local instance round poller began
  for ((round = 0; round <= cold_starts; round++)); do
    for instance in $1; do
      stop "$instance"
      driver first-200 "${url[$instance]}$(path_of user "$instance")" "$(cookie_for user "$instance")" >"$tmp/first" &
      poller=$!
      sleep 1 # until the driver polls
      began=$(date +%s%N)
      launch "$instance"
      wait "$poller" || fail "$instance did not start again."
      [[ $round == 0 ]] || printf 'cold-start\t%s\t%s\t%s\n' "${instance%@*}" "${instance#*@}" "$((($(<"$tmp/first") - began) / 1000000))" | tee -a "$results"
    done
  done
}

record_memory() { # instances; adds lines: memory, system, users, highest RSS in MB
  local instance
  for instance in $1; do
    printf 'memory\t%s\t%s\t%s\n' "${instance%@*}" "${instance#*@}" "$(memory "$instance" VmHWM)" >>"$results"
  done
}
