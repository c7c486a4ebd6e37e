import { useMutation } from "@tanstack/react-query";
import { authApi } from "../../../shared/lib/clients";

export function useRedeemCode() {
  return useMutation({ mutationFn: async (code: string) => (await authApi.verifyMagicLinkCode({ code })).data });
}
