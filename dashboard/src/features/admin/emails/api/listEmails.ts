import { useInfiniteQuery } from "@tanstack/react-query";
import type { OutboxStatus } from "@roundtable/client";
import { emailsApi } from "../../../../shared/lib/clients";

export function useEmails(status: OutboxStatus | undefined) {
  return useInfiniteQuery({
    queryKey: ["admin", "emails", status],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam, signal }) => (await emailsApi.listEmails(status, 50, pageParam, undefined, signal)).data,
    getNextPageParam: (page) => page.pagination.nextCursor ?? undefined,
  });
}
