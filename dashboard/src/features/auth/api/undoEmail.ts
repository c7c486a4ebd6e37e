import { authApi } from "../../../shared/lib/clients";
import { useMutation } from "../../../shared/lib/mutation";

export function useUndoEmail() {
  return useMutation({ mutationFn: (token: string) => authApi.undoEmailChange({ token }) });
}
