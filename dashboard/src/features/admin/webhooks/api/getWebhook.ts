import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { etagOf } from "@roundtable/client";
import { webhooksApi } from "../../../../shared/lib/clients";

export const webhookKey = (id: string) => ["admin", "webhook", id] as const;

const options = (id: string) =>
  queryOptions({
    queryKey: webhookKey(id),
    queryFn: async ({ signal }) => {
      const answer = await webhooksApi.getWebhook(id, signal);
      return { webhook: answer.data, version: etagOf(answer) };
    },
  });

/** The endpoint, and the version for conditional updates. */
export function useWebhook(id: string) {
  return useQuery(options(id));
}

/** Fetches the current endpoint, ignoring the cache. */
export function useReloadWebhook(id: string) {
  const queries = useQueryClient();
  return () => queries.fetchQuery({ ...options(id), staleTime: 0 });
}
