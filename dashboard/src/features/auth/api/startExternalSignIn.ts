import { authApi } from "../../../shared/lib/clients";
import { useMutation } from "../../../shared/lib/mutation";
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
