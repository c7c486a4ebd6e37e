import { authApi } from "../../../shared/lib/clients";
import { useMutation } from "../../../shared/lib/mutation";

export function useChangeEmail() {
  return useMutation({ mutationFn: (newEmail: string) => authApi.requestEmailChange({ newEmail }) });
}
