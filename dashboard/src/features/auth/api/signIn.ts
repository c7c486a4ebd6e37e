import { useMutation } from "@tanstack/react-query";
import type { SignInRequest } from "@roundtable/client";
import { authApi } from "../../../shared/lib/clients";

export function useSignIn() {
  return useMutation({ mutationFn: async (request: SignInRequest) => (await authApi.signIn(request)).data });
}
