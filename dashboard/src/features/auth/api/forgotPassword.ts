import { authApi } from "../../../shared/lib/clients";
import { useMutation } from "../../../shared/lib/mutation";

export function useForgotPassword() {
  return useMutation({ mutationFn: (email: string) => authApi.forgotPassword({ email }) });
}
