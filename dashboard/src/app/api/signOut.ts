import { authApi } from "../../shared/lib/clients";
import { useMutation } from "../../shared/lib/mutation";

export function useSignOut() {
  return useMutation({ mutationFn: () => authApi.signOut() });
}
