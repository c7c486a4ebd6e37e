import { useQuery } from "@tanstack/react-query";
import { adminSessionsApi } from "../../../../shared/lib/clients";

export const userSessionsKey = (id: string) => ["admin", "user-sessions", id] as const;

export function useUserSessions(id: string) {
  return useQuery({
    queryKey: userSessionsKey(id),
    queryFn: async ({ signal }) => (await adminSessionsApi.listUserSessions(id, 100, undefined, undefined, signal)).data.items,
  });
}
