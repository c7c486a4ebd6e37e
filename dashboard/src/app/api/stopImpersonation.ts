import { useMutation } from "@tanstack/react-query";
import { impersonationApi } from "../../shared/lib/clients";

export function useStopImpersonation() {
  return useMutation({ mutationFn: () => impersonationApi.stopImpersonation() });
}
