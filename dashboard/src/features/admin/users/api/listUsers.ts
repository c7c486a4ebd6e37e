import { useQueries } from "@tanstack/react-query";
import type { SortOrder, UserSort } from "@roundtable/client";
import { adminUsersApi } from "../../../../shared/lib/clients";

export const pageSize = 100;
export const usersKey = ["admin", "users"] as const;

export interface UserFilter {
  search?: string | undefined;
  role?: string | undefined;
  banned?: boolean | undefined;
  emailVerified?: boolean | undefined;
  createdFrom?: string | undefined;
  createdTo?: string | undefined;
  lastSeenFrom?: string | undefined;
  sort: UserSort;
  order: SortOrder;
}

/** Loads the visible pages of the list; pages out of view are dropped from the cache after a while. */
export function useUserPages(filter: UserFilter, pages: readonly { index: number; cursor: string | undefined }[]) {
  return useQueries({
    queries: pages.map(({ index, cursor }) => ({
      queryKey: [...usersKey, filter, index, cursor],
      gcTime: 15_000,
      queryFn: async ({ signal }: { signal: AbortSignal }) =>
        (
          await adminUsersApi.listUsers(
            pageSize,
            cursor,
            index === 0 ? true : undefined,
            filter.sort,
            filter.order,
            filter.search,
            filter.role,
            filter.banned,
            filter.emailVerified,
            filter.createdFrom,
            filter.createdTo,
            filter.lastSeenFrom,
            signal,
          )
        ).data,
    })),
  });
}
