import { authApi, sessionsApi } from "../../../shared/lib/clients";
import { useMutation } from "../../../shared/lib/mutation";

/** Ends the other sessions, then this one, which could not end them any more. */
export function useSignOutEverywhere() {
  return useMutation({
    mutationFn: async () => {
      await sessionsApi.revokeOtherSessions();
      await authApi.signOut();
    },
  });
}
