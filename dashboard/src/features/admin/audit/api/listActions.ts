import { useQuery } from "@tanstack/react-query";
import { auditApi } from "../../../../shared/lib/clients";

/** The names of all audited actions. */
export function useActions() {
  return useQuery({
    queryKey: ["admin", "auditActions"],
    staleTime: Infinity,
    queryFn: async ({ signal }) => (await auditApi.listAuditActions(signal)).data,
  });
}
