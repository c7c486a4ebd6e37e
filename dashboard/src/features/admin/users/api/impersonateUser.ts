import { impersonationApi } from "../../../../shared/lib/clients";
import { useMutation } from "../../../../shared/lib/mutation";

export function useImpersonate(id: string) {
  return useMutation({ mutationFn: (reason: string) => impersonationApi.impersonateUser(id, { reason }) });
}
