import { useMutation } from "@tanstack/react-query";
import { auditApi } from "../../../../shared/lib/clients";

export function useVerifyAudit() {
  return useMutation({ mutationFn: async () => (await auditApi.verifyAuditLog()).data });
}
