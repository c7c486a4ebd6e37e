import { useMutation } from "@tanstack/react-query";
import { authApi } from "../../../shared/lib/clients";

export function useVerifyEmail() {
  return useMutation({ mutationFn: (token: string) => authApi.verifyEmail({ token }) });
}
