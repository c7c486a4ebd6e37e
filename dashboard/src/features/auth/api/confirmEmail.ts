import { useMutation } from "@tanstack/react-query";
import { authApi } from "../../../shared/lib/clients";

export function useConfirmEmail() {
  return useMutation({ mutationFn: (token: string) => authApi.confirmEmailChange({ token }) });
}
