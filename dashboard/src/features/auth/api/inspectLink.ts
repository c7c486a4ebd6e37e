import { useQuery } from "@tanstack/react-query";
import { authApi } from "../../../shared/lib/clients";

/** Where and when a link was requested; does not use it up. */
export function useLinkOrigin(token: string, enabled: boolean) {
  return useQuery({
    queryKey: ["linkOrigin", token],
    enabled: enabled && token !== "",
    queryFn: async ({ signal }) => (await authApi.inspectMagicLink({ token }, signal)).data,
    gcTime: 0,
  });
}
