import { useQuery } from "@tanstack/react-query";
import { ApiError } from "@roundtable/client";
import { authApi } from "../../../shared/lib/clients";

export const pendingLinkKey = ["pendingLink"] as const;

const longestWait = 25;

/** Follows this browser's request for a link: each answer is held back until the link is used, or for 25 seconds. */
export function usePendingLink() {
  return useQuery({
    queryKey: pendingLinkKey,
    queryFn: async ({ signal }) => {
      try {
        return (await authApi.getPendingMagicLink(longestWait, signal)).data;
      } catch (e) {
        if (e instanceof ApiError && e.status === 404) {
          return null;
        }

        throw e;
      }
    },
    gcTime: 0,
    staleTime: 0,
    refetchInterval: (query) => (query.state.data?.state === "waiting" ? 50 : false),
    refetchIntervalInBackground: true,
  });
}
