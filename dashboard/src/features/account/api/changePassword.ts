import type { ChangePasswordRequest } from "@roundtable/client";
import { authApi } from "../../../shared/lib/clients";
import { useMutation } from "../../../shared/lib/mutation";

export function useChangePassword() {
  return useMutation({ mutationFn: (request: ChangePasswordRequest) => authApi.changePassword(request) });
}
