import { authApi } from "../../../shared/lib/clients";
import { useMutation } from "../../../shared/lib/mutation";

export function useConfirmEmail() {
  return useMutation({ mutationFn: (token: string) => authApi.confirmEmailChange({ token }) });
}
