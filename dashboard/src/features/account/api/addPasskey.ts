import { useMutation, useQueryClient } from "@tanstack/react-query";
import { passkeysApi } from "../../../shared/lib/clients";
import { passkeysKey } from "./listPasskeys";

async function add(name: string) {
  const options = (await passkeysApi.beginPasskeyRegistration()).data as PublicKeyCredentialCreationOptionsJSON;
  try {
    const credential = await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) });
    return (await passkeysApi.registerPasskey({ credential: (credential as PublicKeyCredential).toJSON(), name })).data;
  } catch (e) {
    if (e instanceof DOMException) {
      return null;
    }

    throw e;
  }
}

/** Returns null if the user cancels. */
export function useAddPasskey() {
  const queries = useQueryClient();
  return useMutation({ mutationFn: add, onSuccess: () => queries.invalidateQueries({ queryKey: passkeysKey }) });
}
