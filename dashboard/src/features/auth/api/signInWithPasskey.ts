import { useMutation } from "@tanstack/react-query";
import { passkeysApi } from "../../../shared/lib/clients";

async function signIn() {
  const options = (await passkeysApi.beginPasskeySignIn()).data as PublicKeyCredentialRequestOptionsJSON;
  const credential = await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
  return (await passkeysApi.signInWithPasskey({ credential: (credential as PublicKeyCredential).toJSON() })).data;
}

/** Returns null if the user chooses no passkey. */
export function useSignInWithPasskey() {
  return useMutation({
    mutationFn: () => signIn().catch((e: unknown) => {
      if (e instanceof DOMException) {
        return null;
      }

      throw e;
    }),
  });
}
