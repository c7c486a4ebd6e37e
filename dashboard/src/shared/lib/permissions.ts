/** The permissions with which an admin can take over accounts, destroy or take away what can't be brought back, or grant rights. */
export const powerful = [
  "users:delete",
  "users:export",
  "users:impersonate",
  "users:import",
  "users:reset-factors",
  "users:set-password",
  "users:set-role",
  "users:update",
  "roles:write",
  "serviceAccounts:write",
  "webhooks:write",
] as const;

export type Powerful = (typeof powerful)[number];

export const isPowerful = (permission: string): permission is Powerful => powerful.some((p) => p === permission);

const topicOf = (permission: string) => permission.split(":", 1)[0] ?? permission;

/** The permissions, sorted, by the part before the colon. */
export function byTopic(permissions: readonly string[]) {
  const sorted = [...new Set(permissions)].sort();
  return [...new Set(sorted.map(topicOf))].map((topic) => ({ topic, permissions: sorted.filter((p) => topicOf(p) === topic) }));
}
