import { queryOptions, useQueries, useQueryClient } from "@tanstack/react-query";
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

interface PageOfUsers {
  index: number;
  cursor: string | undefined;
}

/** Loads the visible pages of the list; pages out of view are dropped from the cache after a while. */
export function useUserPages(filter: UserFilter, pages: readonly PageOfUsers[]) {
  return useQueries({ queries: pages.map((page) => pageQuery(filter, page)) });
}

/** Returns a function that loads some pages of the list, those in the cache without a request. */
export function useLoadUsers(filter: UserFilter) {
  const queries = useQueryClient();
  return async (pages: readonly PageOfUsers[]) =>
    (await Promise.all(pages.map((page) => queries.ensureQueryData(pageQuery(filter, page))))).flatMap((page) => page.items);
}

const pageQuery = (filter: UserFilter, { index, cursor }: PageOfUsers) =>
  queryOptions({
    queryKey: [...usersKey, filter, index, cursor],
    gcTime: 15_000,
    queryFn: async ({ signal }) =>
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
  });
