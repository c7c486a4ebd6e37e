import type { TwoFactorVerifyRequest } from "@roundtable/client";
import { twoFactorApi } from "../../../shared/lib/clients";
import { useMutation } from "../../../shared/lib/mutation";

export function useVerifyTwoFactor() {
  return useMutation({ mutationFn: async (request: TwoFactorVerifyRequest) => (await twoFactorApi.verifyTwoFactor(request)).data });
}
