import { AuthClient } from "@roundtable/client";
import { useMutation } from "@tanstack/react-query";
import { base } from "../../../shared/lib/base";
import { lookingAt } from "../../../shared/lib/senders";

/** Verifies the address, and says whether the account has a password: where it has none, the answer leads on to a sign-in link. */
export function useVerifyEmail() {
  return useMutation({
    mutationFn: async (token: string) => {
      let hasPassword = true;
      await new AuthClient(base, lookingAt((response) => { hasPassword = !response.headers.has("Link"); })).verifyEmail({ token });
      return hasPassword;
    },
  });
}
