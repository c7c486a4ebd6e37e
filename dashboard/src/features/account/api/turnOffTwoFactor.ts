import { useQueryClient } from "@tanstack/react-query";
import { twoFactorApi } from "../../../shared/lib/clients";
import { presentFactor } from "../../../shared/lib/codes";
import { useMutation } from "../../../shared/lib/mutation";
import { sessionKey } from "../../../shared/lib/session";
import { securityKey } from "./getSecurity";

export function useTurnOffTwoFactor() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (typed: string) => twoFactorApi.turnOffTwoFactor(presentFactor(typed)),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: securityKey });
      void queries.invalidateQueries({ queryKey: sessionKey });
    },
  });
}
