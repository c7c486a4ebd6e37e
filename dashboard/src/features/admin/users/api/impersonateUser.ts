import { useMutation } from "@tanstack/react-query";
import { impersonationApi } from "../../../../shared/lib/clients";

export function useImpersonate(id: string) {
  return useMutation({ mutationFn: (reason: string) => impersonationApi.impersonateUser(id, { reason }) });
}
