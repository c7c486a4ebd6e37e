import { useQueryClient } from "@tanstack/react-query";
import { twoFactorApi } from "../../../shared/lib/clients";
import { presentFactor } from "../../../shared/lib/codes";
import { useMutation } from "../../../shared/lib/mutation";
import { securityKey } from "./getSecurity";

export function useReplaceRecoveryCodes() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (typed: string) => (await twoFactorApi.replaceRecoveryCodes(presentFactor(typed))).data.codes,
    onSuccess: () => queries.invalidateQueries({ queryKey: securityKey }),
  });
}
