import { authApi } from "../../../shared/lib/clients";
import { useMutation } from "../../../shared/lib/mutation";

export function useDisownSignIn() {
  return useMutation({ mutationFn: (token: string) => authApi.disownSignIn({ token }) });
}
