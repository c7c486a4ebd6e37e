import { useQuery, useQueryClient } from "@tanstack/react-query";
import { ApiError } from "@roundtable/client";
import { authApi } from "../../../shared/lib/clients";

export const pendingLinkKey = ["pendingLink"] as const;

const longestWait = 25;
const pauseAfterError = 5000;

/**
 * Follows this browser's request for a link. The first answer comes at once; each other one is held back until the link is used, or for 25
 * seconds. Null: the browser's request is over.
 */
export function usePendingLink() {
  const queries = useQueryClient();
  return useQuery({
    queryKey: pendingLinkKey,
    queryFn: async ({ signal }) => {
      try {
        const wait = queries.getQueryData(pendingLinkKey) ? longestWait : 0;
        return (await authApi.getPendingMagicLink(wait, signal)).data;
      } catch (e) {
        if (e instanceof ApiError && e.status === 404) {
          return null;
        }

        throw e;
      }
    },
    gcTime: 0,
    staleTime: 0,
    refetchInterval: (query) => (query.state.error ? pauseAfterError : query.state.data?.state === "waiting" ? 50 : false),
    refetchIntervalInBackground: true,
  });
}
