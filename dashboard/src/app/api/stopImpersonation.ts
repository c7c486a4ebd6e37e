import { impersonationApi } from "../../shared/lib/clients";
import { useMutation } from "../../shared/lib/mutation";

export function useStopImpersonation() {
  return useMutation({ mutationFn: () => impersonationApi.stopImpersonation() });
}
