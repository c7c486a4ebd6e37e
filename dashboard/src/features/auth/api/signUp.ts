import { useMutation } from "@tanstack/react-query";
import type { SignUpRequest } from "@roundtable/client";
import { authApi } from "../../../shared/lib/clients";

export function useSignUp() {
  return useMutation({ mutationFn: (request: SignUpRequest) => authApi.signUp(request) });
}
