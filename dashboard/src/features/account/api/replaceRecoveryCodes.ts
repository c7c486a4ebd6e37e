import { useMutation, useQueryClient } from "@tanstack/react-query";
import { twoFactorApi } from "../../../shared/lib/clients";
import { twoFactorKey } from "./getTwoFactor";

export function useReplaceRecoveryCodes() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async () => (await twoFactorApi.replaceRecoveryCodes()).data.codes,
    onSuccess: () => queries.invalidateQueries({ queryKey: twoFactorKey }),
  });
}
