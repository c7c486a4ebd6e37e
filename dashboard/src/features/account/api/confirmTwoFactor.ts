import { useQueryClient } from "@tanstack/react-query";
import { twoFactorApi } from "../../../shared/lib/clients";
import { useMutation } from "../../../shared/lib/mutation";
import { sessionKey } from "../../../shared/lib/session";
import { securityKey } from "./getSecurity";

export function useConfirmTwoFactor() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (code: string) => (await twoFactorApi.confirmTwoFactor({ code })).data.codes,
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: securityKey });
      void queries.invalidateQueries({ queryKey: sessionKey });
    },
  });
}
