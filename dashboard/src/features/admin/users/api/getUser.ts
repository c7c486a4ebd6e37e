import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { etagOf } from "@roundtable/client";
import { adminUsersApi } from "../../../../shared/lib/clients";

export const userKey = (id: string) => ["admin", "user", id] as const;

const options = (id: string) =>
  queryOptions({
    queryKey: userKey(id),
    queryFn: async ({ signal }) => {
      const answer = await adminUsersApi.getUserAsAdmin(id, signal);
      return { user: answer.data, version: etagOf(answer) };
    },
  });

/** The user, and the version for conditional updates. */
export function useUser(id: string) {
  return useQuery(options(id));
}

/** Fetches the current user, ignoring the cache. */
export function useReloadUser(id: string) {
  const queries = useQueryClient();
  return async () => ({ data: await queries.fetchQuery({ ...options(id), staleTime: 0 }) });
}
