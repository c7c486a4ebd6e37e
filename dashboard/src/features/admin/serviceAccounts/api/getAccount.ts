import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { etagOf } from "@roundtable/client";
import { serviceAccountsApi } from "../../../../shared/lib/clients";

export const accountKey = (id: string) => ["admin", "service-account", id] as const;

const options = (id: string) =>
  queryOptions({
    queryKey: accountKey(id),
    queryFn: async ({ signal }) => {
      const answer = await serviceAccountsApi.getServiceAccount(id, signal);
      return { account: answer.data, version: etagOf(answer) };
    },
  });

/** The service account, and the version for conditional updates. */
export function useAccount(id: string) {
  return useQuery(options(id));
}

/** Fetches the current service account, ignoring the cache. */
export function useReloadAccount(id: string) {
  const queries = useQueryClient();
  return () => queries.fetchQuery({ ...options(id), staleTime: 0 });
}
