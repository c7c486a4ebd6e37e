import type { PasskeySignInRequest } from "@roundtable/client";
import { useEffect, useRef } from "react";
import { offersPasskeys } from "../../shared/lib/passkeys";
import { choosePasskey } from "./api/signInWithPasskey";

// A little less than the API's options are valid.
const lifetime = 4.5 * 60 * 1000;

/**
 * Lets the browser offer passkeys in the field for the address, until the page is left. Returns the function to call when the user
 * turns to the field: not before, because the API limits how often one address on the network may ask.
 */
export function usePasskeyAutofill(onChosen: (passkey: PasskeySignInRequest) => void): () => void {
  const offer = useRef<AbortController | null>(null);
  useEffect(() => () => offer.current?.abort(), []);
  const start = async (until: AbortController) => {
    const timer = setTimeout(() => until.abort(), lifetime);
    try {
      if (await offersPasskeys()) {
        onChosen(await choosePasskey(until.signal));
      }
    } catch {
      // An offer that is not taken is no failure, and the button says what is wrong. The next turn to the field offers again.
      offer.current = null;
    } finally {
      clearTimeout(timer);
    }
  };
  return () => {
    if (!offer.current) {
      offer.current = new AbortController();
      void start(offer.current);
    }
  };
}
