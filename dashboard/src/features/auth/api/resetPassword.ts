import { useMutation } from "@tanstack/react-query";
import type { ResetPasswordRequest } from "@roundtable/client";
import { authApi } from "../../../shared/lib/clients";

export function useResetPassword() {
  return useMutation({ mutationFn: (request: ResetPasswordRequest) => authApi.resetPassword(request) });
}
