import { useMutation } from "@tanstack/react-query";
import { authApi } from "../../../shared/lib/clients";

export function useChangeEmail() {
  return useMutation({ mutationFn: (newEmail: string) => authApi.requestEmailChange({ newEmail }) });
}
