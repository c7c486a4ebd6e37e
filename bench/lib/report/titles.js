export const systems = {
  roundtable: "Roundtable",
  peer: "Hono, Better Auth, Drizzle (1 process)",
  "peer-cluster": "the same (2 workers)",
  identity: "ASP.NET Core MapIdentityApi",
  baseline: "bare Kestrel, two prepared SELECTs",
};

export const scenarios = {
  session: "Read the own session",
  "session-route": "Read the own session, in a route of the peer's own (auth.api.getSession)",
  user: "GET /users/{id} with a session",
  list: "Admin list, the newest 20",
  search: "Admin search, a name that 20 people share",
  "search-common": "Admin search, a word in every name, the newest 20",
  patch: "PATCH me over user and profile, 32 writers",
  "magic-link": "Magic-link cycle: ask, read the mail, redeem",
};
