import { authApi } from "../../../shared/lib/clients";
import { useMutation } from "../../../shared/lib/mutation";

export function useRedeemLink() {
  return useMutation({ mutationFn: async (token: string) => (await authApi.verifyMagicLink({ token })).data });
}
