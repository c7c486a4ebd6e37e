# Starts and stops servers. An instance is a system with a database of a given size: roundtable@100000.
readonly start_limit=120
declare -A pid=() url=() cookie=() admin=() own_id=() key=()

folder_of() {
  echo "$tmp/$1"
}

free_port() {
  local port
  while port=$((20000 + RANDOM % 12000)); (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do :; done
  echo "$port"
}

# Starts an instance's program without waiting for it.
launch() { # instance, cores (default: all)
  (
    [[ -z ${2:-} ]] || taskset --cpu-list --pid "$2" "$BASHPID" >/dev/null
    launch_"${1%@*}" "$(folder_of "$1")" "${url[$1]}" >>"$(folder_of "$1").log" 2>&1 </dev/null
  ) &
  pid[$1]=$!
}

start() { # instance, path that returns 200 when it is ready
  local waited
  launch "$1"
  for ((waited = 0; waited < start_limit * 5; waited++)); do
    kill -0 "${pid[$1]}" 2>/dev/null || { tail -n 20 "$(folder_of "$1").log" >&2; fail "$1 exited before it was ready."; }
    [[ $(status_of "${url[$1]}$2") != 200 ]] || return 0
    sleep 0.2
  done
  tail -n 20 "$(folder_of "$1").log" >&2
  fail "$1 did not return 200 for $2 within $start_limit s."
}

stop() { # instance
  kill "${pid[$1]}" 2>/dev/null || true
  timeout 10 tail --pid="${pid[$1]}" -f /dev/null || kill -KILL "${pid[$1]}" 2>/dev/null || true
  wait "${pid[$1]}" 2>/dev/null || true
  unset "pid[$1]"
}

stop_all() {
  local instance
  for instance in "${!pid[@]}"; do
    kill "${pid[$instance]}" 2>/dev/null || true
  done
  for instance in "${!pid[@]}"; do
    stop "$instance"
  done
}

# Prints the process ids of the server and its child processes.
processes_of() { # instance
  echo "${pid[$1]} $(cat "/proc/${pid[$1]}/task/${pid[$1]}/children" 2>/dev/null)"
}

# Prints the CPU time so far (utime and stime, fields 14 and 15) in clock ticks. The command's name, in brackets, can contain spaces.
cpu_ticks() { # instance
  local process fields sum=0
  for process in $(processes_of "$1"); do
    fields=$(<"/proc/$process/stat")
    fields=(${fields##*) })
    sum=$((sum + fields[11] + fields[12]))
  done
  echo "$sum"
}

# Prints the sum of a field of /proc/<pid>/status over the processes, in MB.
memory() { # instance, field
  local process
  for process in $(processes_of "$1"); do
    cat "/proc/$process/status"
  done | awk -v line="$2:" '$1 == line { sum += $2 } END { printf "%.0f", sum / 1024 }'
}
