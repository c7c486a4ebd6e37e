import type { ResetPasswordRequest } from "@roundtable/client";
import { authApi } from "../../../shared/lib/clients";
import { useMutation } from "../../../shared/lib/mutation";

export function useResetPassword() {
  return useMutation({ mutationFn: (request: ResetPasswordRequest) => authApi.resetPassword(request) });
}
