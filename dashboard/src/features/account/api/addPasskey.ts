import { useQueryClient } from "@tanstack/react-query";
import { passkeysApi } from "../../../shared/lib/clients";
import { useMutation } from "../../../shared/lib/mutation";
import { createPasskey } from "../../../shared/lib/passkeys";
import { securityKey } from "./getSecurity";

export function useAddPasskey() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (name: string) => {
      const options = (await passkeysApi.beginPasskeyRegistration()).data as PublicKeyCredentialCreationOptionsJSON;
      return (await passkeysApi.registerPasskey({ credential: await createPasskey(options), name })).data;
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: securityKey }),
  });
}
