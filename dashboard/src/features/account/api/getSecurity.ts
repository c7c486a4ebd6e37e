import { useQuery } from "@tanstack/react-query";
import { usersApi } from "../../../shared/lib/clients";

/** Everything about how the account is protected begins with this key. */
export const securityKey = ["security"] as const;

export function useSecurity() {
  return useQuery({ queryKey: [...securityKey, "summary"], queryFn: async ({ signal }) => (await usersApi.getMySecurity(signal)).data });
}
