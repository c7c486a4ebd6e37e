import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { usersApi } from "../../../shared/lib/clients";

export function useActivity() {
  return useInfiniteQuery({
    queryKey: ["activity"],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam, signal }) => (await usersApi.listMyActivity(30, pageParam, undefined, signal)).data,
    getNextPageParam: (page) => page.pagination.nextCursor ?? undefined,
  });
}

export function useRecentActivity() {
  return useQuery({
    queryKey: ["activity", "recent"],
    queryFn: async ({ signal }) => (await usersApi.listMyActivity(5, undefined, undefined, signal)).data.items,
  });
}
