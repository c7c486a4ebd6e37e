import { useMutation } from "@tanstack/react-query";
import { authApi } from "../../../shared/lib/clients";

export function useForgotPassword() {
  return useMutation({ mutationFn: (email: string) => authApi.forgotPassword({ email }) });
}
