import { useMutation, useQueryClient } from "@tanstack/react-query";
import { twoFactorApi } from "../../../shared/lib/clients";
import { sessionKey } from "../../../shared/lib/session";
import { twoFactorKey } from "./getTwoFactor";

export function useTurnOffTwoFactor() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => twoFactorApi.turnOffTwoFactor(),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: twoFactorKey });
      void queries.invalidateQueries({ queryKey: sessionKey });
    },
  });
}
