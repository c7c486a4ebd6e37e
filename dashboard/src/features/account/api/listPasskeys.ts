import { useQuery } from "@tanstack/react-query";
import { passkeysApi } from "../../../shared/lib/clients";

export const passkeysKey = ["passkeys"] as const;

export function usePasskeys() {
  return useQuery({
    queryKey: passkeysKey,
    queryFn: async ({ signal }) => (await passkeysApi.listPasskeys(100, undefined, undefined, signal)).data.items,
  });
}
