import type { KeyRequests } from "../../../shared/apiKeys/keyRequests";
import { apiKeysApi } from "../../../shared/lib/clients";

const queryKey = ["api-keys"] as const;

/** The requests for one's own keys. */
export const ownKeys: KeyRequests = {
  queryKey,
  stale: queryKey,
  list: (cursor, signal) => apiKeysApi.listMyApiKeys(50, cursor, undefined, signal),
  create: (request) => apiKeysApi.createMyApiKey(request),
  update: (id, request, version) => apiKeysApi.updateMyApiKey(id, request, version),
  rotate: (id, request) => apiKeysApi.rotateMyApiKey(id, undefined, request),
  revoke: (id) => apiKeysApi.revokeMyApiKey(id),
};
