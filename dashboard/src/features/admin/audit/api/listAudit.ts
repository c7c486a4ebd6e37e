import { useInfiniteQuery } from "@tanstack/react-query";
import { auditApi } from "../../../../shared/lib/clients";

export interface AuditFilter {
  actor?: string | undefined;
  target?: string | undefined;
  action?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

export function useAudit(filter: AuditFilter, limit = 50, enabled = true) {
  return useInfiniteQuery({
    queryKey: ["admin", "audit", filter, limit],
    enabled,
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam, signal }) =>
      (await auditApi.listAuditLog(limit, pageParam, undefined, filter.actor, filter.target, filter.action, filter.from, filter.to, signal))
        .data,
    getNextPageParam: (page) => page.pagination.nextCursor ?? undefined,
  });
}
