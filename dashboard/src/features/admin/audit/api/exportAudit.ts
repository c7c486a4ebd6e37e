import { AuditLogClient } from "@roundtable/client";
import { base } from "../../../../shared/lib/base";
import { download } from "../../../../shared/lib/download";
import { runJob } from "../../../../shared/lib/jobs";
import { useMutation } from "../../../../shared/lib/mutation";
import { downloading } from "../../../../shared/lib/senders";
import type { AuditFilter } from "./listAudit";

export function useExportAudit() {
  return useMutation({
    mutationFn: (f: AuditFilter) =>
      runJob("audit", "audit-log.csv", async (signal, report) => {
        const api = new AuditLogClient(base, downloading(report, 1));
        download("audit-log.csv", await api.exportAuditLog(f.actor, f.target, f.action, f.from, f.to, "csv", signal), "text/csv");
      }),
  });
}
