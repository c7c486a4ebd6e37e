import { useQuery } from "@tanstack/react-query";
import { etagOf } from "@roundtable/client";
import { usersApi } from "../../../shared/lib/clients";

export const meKey = ["me"] as const;

/** The account, and the version for conditional updates. */
export function useMe() {
  return useQuery({
    queryKey: meKey,
    queryFn: async ({ signal }) => {
      const answer = await usersApi.getMe(signal);
      return { user: answer.data, version: etagOf(answer) };
    },
  });
}
