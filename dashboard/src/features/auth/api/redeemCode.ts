import { authApi } from "../../../shared/lib/clients";
import { useMutation } from "../../../shared/lib/mutation";

export function useRedeemCode() {
  return useMutation({ mutationFn: async (code: string) => (await authApi.verifyMagicLinkCode({ code })).data });
}
