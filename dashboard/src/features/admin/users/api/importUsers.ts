import { type MutationState, useMutationState, useQueryClient } from "@tanstack/react-query";
import { AdminUsersClient, type ImportReportDto } from "@roundtable/client";
import { base } from "../../../../shared/lib/base";
import { runJob } from "../../../../shared/lib/jobs";
import { useMutation } from "../../../../shared/lib/mutation";
import { uploading } from "../../../../shared/lib/senders";
import type { Plan } from "../import/columns";
import { rewrite } from "../import/csv";
import { isCsv } from "../import/usePlan";

const importKey = ["import"];

/** The most bytes that the API accepts. */
export const limit = 10 * 1024 * 1024;

/** More than the API accepts, after the columns that are left out. */
export class TooLargeError extends Error {}

interface Import {
  file: File;
  dryRun: boolean;
  /** How its columns are rewritten; absent if it is sent as it is. */
  plan?: Plan | undefined;
}

type State = MutationState<ImportReportDto, Error, Import>;

/** Continues when its dialog or page is left; {@link useLastImport} finds it again. */
export function useImportUsers() {
  const queries = useQueryClient();
  return useMutation({
    mutationKey: importKey,
    gcTime: 30 * 60_000,
    mutationFn: ({ file, dryRun, plan }: Import) =>
      runJob(
        "import",
        file.name,
        async (signal, report) => {
          const type = isCsv(file) ? "text/csv" : "application/x-ndjson";
          const body = plan ? await rewrite(file, plan, signal, report) : new Blob([file], { type });
          if (body.size > limit) {
            throw new TooLargeError();
          }

          return (await new AdminUsersClient(base, uploading(report)).importUsers(body, dryRun, signal)).data;
        },
        "/admin/users?dialog=import",
      ),
    onSuccess: (report) => (report.dryRun ? undefined : queries.invalidateQueries({ queryKey: ["admin"] })),
  });
}

/** The latest import, even if its dialog has been closed. */
export function useLastImport(): State | undefined {
  return useMutationState({ filters: { mutationKey: importKey }, select: (m) => m.state as State }).at(-1);
}

/** Clears finished imports, for another file. A change of the user clears them too. */
export function useForgetImports() {
  const queries = useQueryClient();
  return () => {
    const cache = queries.getMutationCache();
    cache
      .findAll({ mutationKey: importKey })
      .filter((m) => m.state.status !== "pending")
      .forEach((m) => cache.remove(m));
  };
}
