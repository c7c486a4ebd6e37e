import { useMutation } from "@tanstack/react-query";
import { authApi } from "../../../shared/lib/clients";

export function useDisownSignIn() {
  return useMutation({ mutationFn: (token: string) => authApi.disownSignIn({ token }) });
}
