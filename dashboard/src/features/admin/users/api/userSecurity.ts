import { useQuery } from "@tanstack/react-query";
import { adminUsersApi } from "../../../../shared/lib/clients";

export function useUserSecurity(id: string) {
  return useQuery({
    queryKey: ["admin", "user-security", id],
    queryFn: async ({ signal }) => (await adminUsersApi.getUserSecurity(id, signal)).data,
  });
}
