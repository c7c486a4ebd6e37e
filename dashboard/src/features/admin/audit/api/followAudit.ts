import type { AuditEntryDto } from "@roundtable/client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type AuditFilter, auditPage } from "./listAudit";

const everyMs = 4000;
// A transaction that began earlier may commit later.
const overlapMs = 10_000;
const maxPages = 10;

/** Entries without repetition, newest first. */
export const merged = (...lists: readonly (readonly AuditEntryDto[])[]) =>
  [...new Map(lists.flat().map((e) => [e.id, e])).values()].sort((a, b) => (a.id < b.id ? 1 : -1));

/** Asks for entries that are newer than the newest known, as long as it is on and the tab is visible. */
export function useFollow(filter: AuditFilter, on: boolean, newest: AuditEntryDto | undefined) {
  const queries = useQueryClient();
  const queryKey = ["admin", "auditFollow", filter];
  return useQuery({
    queryKey,
    enabled: on,
    refetchInterval: on ? everyMs : false,
    staleTime: 0,
    queryFn: async ({ signal }) => {
      const known = queries.getQueryData<AuditEntryDto[]>(queryKey) ?? [];
      const last = known[0] ?? newest;
      const from = last ? new Date(Date.parse(last.createdAt) - overlapMs).toISOString() : filter.from;
      let found: AuditEntryDto[] = [];
      let cursor: string | undefined;
      // After a long pause the list is loaded anew instead.
      for (let pages = 0; pages === 0 || cursor; pages++) {
        if (pages === maxPages) {
          void queries.invalidateQueries({ queryKey: ["admin", "audit"] });
          return [];
        }

        const page = await auditPage(
          { ...filter, from: filter.from && from && filter.from > from ? filter.from : from },
          100,
          cursor,
          signal,
        );
        found = merged(found, page.items);
        cursor = page.pagination.nextCursor ?? undefined;
      }

      return merged(known, found);
    },
  });
}
