import { twoFactorApi } from "../../../shared/lib/clients";
import { useMutation } from "../../../shared/lib/mutation";

export function useSetUpTwoFactor() {
  return useMutation({ mutationFn: async () => (await twoFactorApi.setUpTwoFactor()).data });
}
