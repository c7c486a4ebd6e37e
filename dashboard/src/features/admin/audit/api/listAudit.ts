import { useInfiniteQuery } from "@tanstack/react-query";
import { auditApi } from "../../../../shared/lib/clients";

export interface AuditFilter {
  actor?: string | undefined;
  target?: string | undefined;
  subject?: string | undefined;
  user?: string | undefined;
  action?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

export async function auditPage(f: AuditFilter, limit: number, cursor: string | undefined, signal: AbortSignal) {
  return (await auditApi.listAuditLog(limit, cursor, undefined, f.actor, f.target, f.action, f.from, f.to, f.subject, f.user, signal)).data;
}

export function useAudit(filter: AuditFilter, limit = 50, enabled = true) {
  return useInfiniteQuery({
    queryKey: ["admin", "audit", filter, limit],
    enabled,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => auditPage(filter, limit, pageParam, signal),
    getNextPageParam: (page) => page.pagination.nextCursor ?? undefined,
  });
}
