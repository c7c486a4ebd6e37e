import { useMutation } from "@tanstack/react-query";
import { authApi } from "../../../shared/lib/clients";

export function useUndoEmail() {
  return useMutation({ mutationFn: (token: string) => authApi.undoEmailChange({ token }) });
}
