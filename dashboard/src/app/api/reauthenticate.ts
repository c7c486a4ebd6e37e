import type { ReauthenticateRequest } from "@roundtable/client";
import { authApi } from "../../shared/lib/clients";
import { useMutation } from "../../shared/lib/mutation";

export function useReauthenticate() {
  return useMutation({ mutationFn: (request: ReauthenticateRequest) => authApi.reauthenticate(request) });
}
