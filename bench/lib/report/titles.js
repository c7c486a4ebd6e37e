export const systems = {
  roundtable: "Roundtable",
  "roundtable-sqlserver": "Roundtable on SQL Server",
  peer: "Hono + Better Auth, 1 process",
  "peer-cluster": "Hono + Better Auth, 2 workers",
  identity: "ASP.NET Core MapIdentityApi",
  baseline: "bare Kestrel, two prepared SELECTs",
};

export const scenarios = {
  session: "Read the own session",
  user: "GET /users/{id} with a session",
  "user-key": "GET /users/{id} with an API key",
  list: "Admin list, the newest 20",
  "list-key": "Admin list with an API key",
  search: "Admin search, a name that 20 people share",
  "search-common": "Admin search, a word in every name, the newest 20",
  patch: "PATCH me over user and profile, 32 writers",
  "magic-link": "Magic-link cycle: ask, read the mail, redeem",
};
