import { useMutation } from "@tanstack/react-query";
import type { TwoFactorVerifyRequest } from "@roundtable/client";
import { twoFactorApi } from "../../../shared/lib/clients";

export function useVerifyTwoFactor() {
  return useMutation({ mutationFn: async (request: TwoFactorVerifyRequest) => (await twoFactorApi.verifyTwoFactor(request)).data });
}
