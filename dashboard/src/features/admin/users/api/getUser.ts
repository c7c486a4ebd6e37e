import { useQuery } from "@tanstack/react-query";
import { etagOf } from "@roundtable/client";
import { adminUsersApi } from "../../../../shared/lib/clients";

export const userKey = (id: string) => ["admin", "user", id] as const;

/** The user, and the version that a change is meant for. */
export function useUser(id: string) {
  return useQuery({
    queryKey: userKey(id),
    queryFn: async ({ signal }) => {
      const answer = await adminUsersApi.getUserAsAdmin(id, signal);
      return { user: answer.data, version: etagOf(answer) };
    },
  });
}
