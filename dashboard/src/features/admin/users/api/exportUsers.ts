import { AdminUsersClient, type ExportFormat } from "@roundtable/client";
import { base } from "../../../../shared/lib/base";
import { runJob } from "../../../../shared/lib/jobs";
import { download } from "../../../../shared/lib/download";
import { useMutation } from "../../../../shared/lib/mutation";
import { downloading } from "../../../../shared/lib/senders";
import type { UserFilter } from "./listUsers";

interface Export {
  name: string;
  format: ExportFormat;
  filter: UserFilter;
  /** The expected number of rows, if known. */
  expected: number | null;
}

export function useExportUsers() {
  return useMutation({
    mutationFn: ({ name, format, filter: f, expected }: Export) =>
      runJob("users", name, async (signal, report) => {
        const api = new AdminUsersClient(base, downloading(report, format === "csv" ? 1 : 0, expected ?? undefined));
        const text = await api.exportUsers(
          f.search,
          f.role,
          f.banned,
          f.emailVerified,
          f.createdFrom,
          f.createdTo,
          f.lastSeenFrom,
          format,
          signal,
        );
        download(name, text, format === "csv" ? "text/csv" : "application/x-ndjson");
      }),
  });
}
