import type { SignInRequest } from "@roundtable/client";
import { authApi } from "../../../shared/lib/clients";
import { useMutation } from "../../../shared/lib/mutation";

export function useSignIn() {
  return useMutation({ mutationFn: async (request: SignInRequest) => (await authApi.signIn(request)).data });
}
