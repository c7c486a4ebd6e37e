import { useMutation } from "@tanstack/react-query";
import { authApi } from "../../../shared/lib/clients";
import { openProvider } from "../../../shared/lib/provider";

/** Opens the provider's page. */
export function useStartExternalSignIn() {
  return useMutation({
    mutationFn: async ({ name, next }: { name: string; next: string | undefined }) => {
      const { url } = (await authApi.startExternalSignIn(name, next ? { callbackUrl: next } : {})).data;
      openProvider(url);
    },
  });
}
