import { useQuery } from "@tanstack/react-query";
import { twoFactorApi } from "../../../shared/lib/clients";

export const twoFactorKey = ["two-factor"] as const;

export function useTwoFactor() {
  return useQuery({ queryKey: twoFactorKey, queryFn: async ({ signal }) => (await twoFactorApi.getTwoFactor(signal)).data });
}
