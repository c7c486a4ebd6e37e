import { authApi } from "../../../shared/lib/clients";
import { useMutation } from "../../../shared/lib/mutation";

/** Asks for a mail with a link that confirms the address. */
export function useConfirmAddress() {
  return useMutation({ mutationFn: (email: string) => authApi.requestEmailVerification({ email }) });
}
