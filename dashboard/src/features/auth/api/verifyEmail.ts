import { AuthClient } from "@roundtable/client";
import { base } from "../../../shared/lib/base";
import { useMutation } from "../../../shared/lib/mutation";
import { lookingAt } from "../../../shared/lib/senders";

/** Verifies the address, and tells whether the account has a password: if not, the response continues with a sign-in link. */
export function useVerifyEmail() {
  return useMutation({
    mutationFn: async (token: string) => {
      let hasPassword = true;
      await new AuthClient(
        base,
        lookingAt((response) => {
          hasPassword = !response.headers.has("Link");
        }),
      ).verifyEmail({ token });
      return hasPassword;
    },
  });
}
