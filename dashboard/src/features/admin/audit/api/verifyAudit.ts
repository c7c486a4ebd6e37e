import { auditApi } from "../../../../shared/lib/clients";
import { useMutation } from "../../../../shared/lib/mutation";

export function useVerifyAudit() {
  return useMutation({ mutationFn: async () => (await auditApi.verifyAuditLog()).data });
}
