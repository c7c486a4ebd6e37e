import { useInfiniteQuery } from "@tanstack/react-query";
import type { OutboxStatus } from "@roundtable/client";
import { emailsApi } from "../../../../shared/lib/clients";

export interface EmailFilter {
  status?: OutboxStatus | undefined;
  userId?: string | undefined;
}

export const emailsKey = ["admin", "emails"] as const;

export function useEmails(filter: EmailFilter, limit = 50) {
  return useInfiniteQuery({
    queryKey: [...emailsKey, filter, limit],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam, signal }) =>
      (await emailsApi.listEmails(filter.status, filter.userId, limit, pageParam, undefined, signal)).data,
    getNextPageParam: (page) => page.pagination.nextCursor ?? undefined,
  });
}
