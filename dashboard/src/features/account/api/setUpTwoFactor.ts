import { useMutation } from "@tanstack/react-query";
import { twoFactorApi } from "../../../shared/lib/clients";

export function useSetUpTwoFactor() {
  return useMutation({ mutationFn: async () => (await twoFactorApi.setUpTwoFactor()).data });
}
