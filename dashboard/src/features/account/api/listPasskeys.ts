import { useQuery } from "@tanstack/react-query";
import { passkeysApi } from "../../../shared/lib/clients";
import { securityKey } from "./getSecurity";

export const passkeysKey = [...securityKey, "passkeys"] as const;

/** Needs a sign-in of late, so it is asked for only when there are any. */
export function usePasskeys(enabled: boolean) {
  return useQuery({
    queryKey: passkeysKey,
    queryFn: async ({ signal }) => (await passkeysApi.listPasskeys(100, undefined, undefined, signal)).data.items,
    enabled,
  });
}
