import { useMutation } from "@tanstack/react-query";
import type { ChangePasswordRequest } from "@roundtable/client";
import { authApi } from "../../../shared/lib/clients";

export function useChangePassword() {
  return useMutation({ mutationFn: (request: ChangePasswordRequest) => authApi.changePassword(request) });
}
