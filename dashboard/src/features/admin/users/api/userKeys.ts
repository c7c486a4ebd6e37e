import type { KeyListRequests } from "../../../../shared/apiKeys/keyRequests";
import { adminApiKeysApi } from "../../../../shared/lib/clients";

/** The requests for the API keys of a user. */
export const userKeys = (id: string): KeyListRequests => ({
  queryKey: ["admin", "user-keys", id],
  stale: ["admin"],
  list: (cursor, signal) => adminApiKeysApi.listApiKeys(id, undefined, undefined, 20, cursor, undefined, signal),
  revoke: (key) => adminApiKeysApi.revokeApiKey(key),
});
