import type { KeyListRequests } from "../../../../shared/apiKeys/keyRequests";
import { adminApiKeysApi } from "../../../../shared/lib/clients";

/** The requests for everybody's keys. */
export const allKeys = (live: boolean | undefined): KeyListRequests => ({
  queryKey: ["admin", "api-keys", live],
  stale: ["admin"],
  list: (cursor, signal) => adminApiKeysApi.listApiKeys(undefined, undefined, live, 50, cursor, undefined, signal),
  revoke: (id) => adminApiKeysApi.revokeApiKey(id),
});
