import { useQuery } from "@tanstack/react-query";
import { rolesApi } from "../../../../shared/lib/clients";

export function useRoles(enabled = true) {
  return useQuery({
    queryKey: ["admin", "roles"],
    enabled,
    queryFn: async ({ signal }) => (await rolesApi.listRoles(100, undefined, undefined, signal)).data.items,
  });
}
