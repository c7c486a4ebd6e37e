import { useMutation } from "@tanstack/react-query";
import { authApi } from "../../shared/lib/clients";

export function useSignOut() {
  return useMutation({ mutationFn: () => authApi.signOut() });
}
