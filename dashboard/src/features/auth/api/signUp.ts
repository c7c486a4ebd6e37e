import type { SignUpRequest } from "@roundtable/client";
import { authApi } from "../../../shared/lib/clients";
import { useMutation } from "../../../shared/lib/mutation";

export function useSignUp() {
  return useMutation({ mutationFn: (request: SignUpRequest) => authApi.signUp(request) });
}
