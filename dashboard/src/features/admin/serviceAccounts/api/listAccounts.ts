import { useInfiniteQuery } from "@tanstack/react-query";
import { serviceAccountsApi } from "../../../../shared/lib/clients";

export function useAccounts() {
  return useInfiniteQuery({
    queryKey: ["admin", "service-accounts"],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam, signal }) => (await serviceAccountsApi.listServiceAccounts(50, pageParam, undefined, signal)).data,
    getNextPageParam: (page) => page.pagination.nextCursor ?? undefined,
  });
}
