import { useQuery } from "@tanstack/react-query";
import { rolesApi } from "../../../../shared/lib/clients";

export function useRoles(enabled = true) {
  return useQuery({ queryKey: ["admin", "roles"], enabled, queryFn: async ({ signal }) => (await rolesApi.listRoles(signal)).data.items });
}
