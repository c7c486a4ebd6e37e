import { AuditLogClient, type ExportFormat } from "@roundtable/client";
import { base } from "../../../../shared/lib/base";
import { download } from "../../../../shared/lib/download";
import { runJob } from "../../../../shared/lib/jobs";
import { useMutation } from "../../../../shared/lib/mutation";
import { downloading } from "../../../../shared/lib/senders";
import type { AuditFilter } from "./listAudit";

export function useExportAudit() {
  return useMutation({
    mutationFn: ({ filter: f, format }: { filter: AuditFilter; format: ExportFormat }) => {
      const name = `audit-log.${format}`;
      return runJob("audit", name, async (signal, report) => {
        const api = new AuditLogClient(base, downloading(report, format === "csv" ? 1 : 0));
        const text = await api.exportAuditLog(f.actor, f.target, f.action, f.from, f.to, format, f.subject, f.user, signal);
        download(name, text, format === "csv" ? "text/csv" : "application/x-ndjson");
      });
    },
  });
}
