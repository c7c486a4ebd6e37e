# The systems under test. For each, launch_… starts it; prepare_… creates its database, starts it and signs in.
readonly all_systems='roundtable peer peer-cluster identity baseline'
readonly writers=32

driver() {
  dotnet "$builds/driver/Driver.dll" "$@"
}

# Fills a database from an SQL file in which :users stands for the number of users.
seed() { # SQL file, users, database
  sed "s/:users/$2/" "$1" | sqlite3 -bail "$3" >"$tmp/seed.log" 2>&1 || fail "$3 could not be seeded: $(head -n 3 "$tmp/seed.log")"
}

# Signs in the admin and the writers by mailed links. Sets the cookies, and the id of the first writer, whose account is read.
sign_in() { # instance, dialect
  local folder
  folder=$(folder_of "$1")
  driver sign-in "$2" "${url[$1]}" "$folder/mail" bench@example.com $(seq -f 'bench%.0f@example.com' $writers) >"$folder/signed-in" ||
    fail "sign-in on $1 failed."
  admin[$1]=$(head -n 1 "$folder/signed-in" | cut -f 2)
  sed -i 1d "$folder/signed-in"
  cookie[$1]=$(head -n 1 "$folder/signed-in" | cut -f 2)
  own_id[$1]=$(head -n 1 "$folder/signed-in" | cut -f 1)
}

prepare() { # instance
  local folder
  folder=$(folder_of "$1")
  echo "Preparing $1 …"
  mkdir -p "$folder/mail"
  url[$1]=http://127.0.0.1:$(free_port)
  prepare_"${1%@*}" "$1" "${1#*@}" "$folder"
}

# --- Roundtable, as shipped except for its rate limits -------------------------------------------------------------

launch_roundtable() { # folder, url, arguments
  cd "$builds/roundtable" && exec env \
    ASPNETCORE_ENVIRONMENT=Production App__AllowDevelopmentDefaults=true RateLimiting__Enabled=false Urls="$2" \
    ConnectionStrings__Roundtable="Data Source=$1/roundtable.db" Email__Pickup__Directory="$1/mail" Auth__AdminEmails__0=bench@example.com \
    dotnet Roundtable.Api.dll "${@:3}"
}

prepare_roundtable() { # instance, users, folder
  start "$1" /health/ready # creates the tables
  stop "$1"
  seed "$bench/seed.sql" "$2" "$3/roundtable.db"
  key[$1]=$(launch_roundtable "$3" "${url[$1]}" create-service-account --name bench --contact-email bench@example.com --role admin \
    --scopes users:list,users:read 2>/dev/null | tail -n 1) || fail "$1 has no API key."
  start "$1" /health/ready
  sign_in "$1" roundtable
}

# --- Roundtable on SQL Server: the database must be empty and gets only the users who sign in ----------------------

launch_roundtable-sqlserver() { # folder, url
  cd "$builds/roundtable" && exec env \
    ASPNETCORE_ENVIRONMENT=Production App__AllowDevelopmentDefaults=true RateLimiting__Enabled=false Urls="$2" Database__Provider=SqlServer Database__MigrateOnStart=true \
    ConnectionStrings__Roundtable="$connection" Email__Pickup__Directory="$1/mail" Auth__AdminEmails__0=bench@example.com \
    dotnet Roundtable.Api.dll
}

prepare_roundtable-sqlserver() { # instance, users, folder
  local port server
  if [[ $delay != 0 ]]; then
    port=$(free_port)
    server=$(sed -E 's/.*[Ss]erver=(tcp:)?([^;]+).*/\2/' <<<"$connection")
    dotnet "$builds/driver/Driver.dll" delay "$port" "$server" "$delay" & # not through driver(): kill would end its subshell, not the program
    pid[delay]=$!
    connection=$(sed -E "s/([Ss]erver=)[^;]+/\1tcp:127.0.0.1,$port/" <<<"$connection")
  fi
  start "$1" /health/ready
  sign_in "$1" roundtable
}

# --- the peer: Hono, Better Auth, Drizzle --------------------------------------------------------------------------

launch_peer() { # folder, url, workers
  exec env NODE_ENV=production URL="$2" DATABASE="$1/peer.db" MAIL="$1/mail" SECRET=0123456789abcdef0123456789abcdef WORKERS="${3:-0}" \
    "$node" "$bench/peer/src/server.js"
}

launch_peer-cluster() {
  launch_peer "$1" "$2" 2
}

prepare_peer() { # instance, users, folder
  sqlite3 -bail "$3/peer.db" <"$bench/peer/src/schema.sql"
  seed "$bench/peer/seed.sql" "$2" "$3/peer.db"
  start "$1" /health
  sign_in "$1" peer
}

prepare_peer-cluster() {
  prepare_peer "$@"
}

# --- ASP.NET Core Identity's own endpoints, with its stateless cookie ----------------------------------------------

launch_identity() { # folder, url
  cd "$builds/identity" && exec dotnet Identity.dll "$2" "$1"
}

prepare_identity() { # instance, users, folder
  local account='{"email":"bench@example.com","password":"Correct-Horse-7"}'
  launch "$1"
  until [[ $(status_of "${url[$1]}/manage/info") == 401 ]]; do
    kill -0 "${pid[$1]}" 2>/dev/null || fail "$1 exited before it was ready."
    sleep 0.2
  done
  seed "$bench/Identity/seed.sql" "$2" "$3/identity.db"
  request --fail --header 'Content-Type: application/json' --data "$account" "${url[$1]}/register" || fail "registration on $1 failed."
  request --fail --header 'Content-Type: application/json' --data "$account" --dump-header "$3/headers" "${url[$1]}/login?useCookies=true" ||
    fail "sign-in on $1 failed."
  cookie[$1]=$(tr -d '\r' <"$3/headers" | sed -n 's/^[Ss]et-[Cc]ookie: *\([^;]*\).*/\1/p')
}

# --- bare Kestrel --------------------------------------------------------------------------------------------------

launch_baseline() { # folder, url
  cd "$builds/baseline" && exec dotnet Baseline.dll "$2" "Data Source=$1/baseline.db"
}

prepare_baseline() { # instance, users, folder
  cookie[$1]="session=$(printf %064x 500)" # not checked, but read like a real cookie
  start "$1" "/users/$(printf %032x 500)"
}
