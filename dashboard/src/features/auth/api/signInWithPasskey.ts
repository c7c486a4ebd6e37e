import type { PasskeySignInRequest } from "@roundtable/client";
import { passkeysApi } from "../../../shared/lib/clients";
import { useMutation } from "../../../shared/lib/mutation";
import { requestPasskey } from "../../../shared/lib/passkeys";

/** Lets the user choose a passkey: in a dialog of the browser, or with `until` in the field for the address. */
export async function choosePasskey(until?: AbortSignal): Promise<PasskeySignInRequest> {
  const options = (await passkeysApi.beginPasskeySignIn(until)).data as PublicKeyCredentialRequestOptionsJSON;
  return { credential: await requestPasskey(options, until) };
}

/** Signs in with the chosen passkey; without one, asks for it first. */
export function useSignInWithPasskey() {
  return useMutation({
    mutationFn: async (chosen: PasskeySignInRequest | undefined) =>
      (await passkeysApi.signInWithPasskey(chosen ?? (await choosePasskey()))).data,
  });
}
