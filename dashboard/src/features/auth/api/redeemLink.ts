import { useMutation } from "@tanstack/react-query";
import { authApi } from "../../../shared/lib/clients";

export function useRedeemLink() {
  return useMutation({ mutationFn: async (token: string) => (await authApi.verifyMagicLink({ token })).data });
}
