import type { KeyRequests } from "../../../../shared/apiKeys/keyRequests";
import { serviceAccountsApi } from "../../../../shared/lib/clients";

/** The requests for the keys of a service account. */
export const accountKeys = (account: string): KeyRequests => ({
  queryKey: ["admin", "service-account-keys", account],
  stale: ["admin"],
  list: (cursor, signal) => serviceAccountsApi.listServiceAccountKeys(account, 50, cursor, undefined, signal),
  create: (request) => serviceAccountsApi.createServiceAccountKey(account, request),
  update: (id, request, version) => serviceAccountsApi.updateServiceAccountKey(account, id, request, version),
  rotate: (id, request) => serviceAccountsApi.rotateServiceAccountKey(account, id, undefined, request),
  revoke: (id) => serviceAccountsApi.revokeServiceAccountKey(account, id),
});
