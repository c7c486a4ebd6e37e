import { useMutation } from "@tanstack/react-query";
import type { ReauthenticateRequest } from "@roundtable/client";
import { authApi } from "../../shared/lib/clients";

export function useReauthenticate() {
  return useMutation({ mutationFn: (request: ReauthenticateRequest) => authApi.reauthenticate(request) });
}
