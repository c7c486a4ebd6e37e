import type { ApiKeyDto } from "@roundtable/client";

export type KeyState = "live" | "expiring" | "expired" | "revoked";

// When the owner gets the first mail about it.
const soon = 14 * 24 * 60 * 60 * 1000;

export function stateOf({ revokedAt, expiresAt }: ApiKeyDto): KeyState {
  const left = new Date(expiresAt).getTime() - Date.now();
  return revokedAt ? "revoked" : left <= 0 ? "expired" : left <= soon ? "expiring" : "live";
}

/** Whether the key is neither expired nor revoked. */
export function isLive(key: ApiKeyDto) {
  return ["live", "expiring"].includes(stateOf(key));
}
