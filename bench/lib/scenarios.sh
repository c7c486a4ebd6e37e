# The requests of each scenario. A scenario that a system does not support has no path.
readonly all_scenarios='session session-route user user-key list list-key search search-common patch magic-link cold-start warm-up growth'
readonly reads='session session-route user user-key list list-key search search-common' growing='user list search search-common'

# Prints the path that a scenario reads on an instance; empty if the system does not support it.
path_of() { # scenario, instance
  case $1:${2%@*} in
    session:roundtable* | session-route:peer*) echo /api/v1/auth/session ;;
    session:peer*) echo /api/auth/get-session ;;
    user-key:roundtable) echo "/api/v1/users/${own_id[$2]}" ;;
    list-key:roundtable) echo '/api/v1/admin/users?limit=20' ;;
    user:roundtable* | user:peer*) echo "/api/v1/users/${own_id[$2]}" ;;
    user:identity) echo /manage/info ;;
    user:baseline) echo "/users/$(printf %032x 500)" ;;
    list:roundtable* | list:peer*) echo '/api/v1/admin/users?limit=20' ;;
    search-common:roundtable | search-common:peer*) echo '/api/v1/admin/users?limit=20&search=person' ;;
    search:roundtable | search:peer*) echo '/api/v1/admin/users?limit=20&search=' ;; # lib/search.lua adds the term
  esac
}

is_supported() { # scenario, instance
  case $1 in
    patch | magic-link) [[ ${2%@*} == roundtable* || ${2%@*} == peer* ]] ;;
    *) [[ -n $(path_of "$1" "$2") ]] ;;
  esac
}

# Prints the header that authenticates a scenario's requests.
credential_for() { # scenario, instance
  case $1 in
    *-key) echo "Authorization: Bearer ${key[$2]}" ;;
    *) echo "Cookie: $(cookie_for "$1" "$2")" ;;
  esac
}

cookie_for() { # scenario, instance
  case $1 in
    list | search*) echo "${admin[$2]}" ;;
    *) echo "${cookie[$2]}" ;;
  esac
}
