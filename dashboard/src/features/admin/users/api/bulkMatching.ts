import { type MutationState, useMutationState, useQueryClient } from "@tanstack/react-query";
import { AdminUsersClient, ApiError, type BulkMatchingRequest } from "@roundtable/client";
import { base } from "../../../../shared/lib/base";
import { runJob } from "../../../../shared/lib/jobs";
import { useMutation } from "../../../../shared/lib/mutation";
import { readingLines } from "../../../../shared/lib/senders";
import type { UserFilter } from "./listUsers";

const bulkKey = ["bulkMatching"];

export interface MatchingBulk {
  request: BulkMatchingRequest;
  filter: UserFilter;
  /** What the job's card calls it. */
  name: string;
  /** The list, as a part of an address. */
  view: string;
  /** Called once the server has begun. */
  onStart: () => void;
}

export interface BulkFailure {
  id: string;
  email: string | null;
  code: string;
}

/** What is known of the action: all of it only if it is complete. */
export interface BulkReport {
  done: number;
  total: number;
  succeeded: number;
  failed: number;
  failures: BulkFailure[];
  complete: boolean;
  /** Why the server stopped early. */
  code: string | null;
  /** Why the report ends before the action: it was cancelled or the connection broke. */
  error: Error | null;
}

type State = MutationState<BulkReport, Error, MatchingBulk>;

/** Runs an action on all users that match. It continues when the page is left; {@link useLastBulk} finds it again. */
export function useBulkMatching() {
  const queries = useQueryClient();
  return useMutation({
    mutationKey: bulkKey,
    gcTime: 30 * 60_000,
    mutationFn: run,
    onSettled: () => queries.invalidateQueries({ queryKey: ["admin"] }),
  });
}

/** The latest action on matching users, even if the page was left meanwhile. */
export function useLastBulk(): State | undefined {
  return useMutationState({ filters: { mutationKey: bulkKey }, select: (m) => m.state as State }).at(-1);
}

async function run({ request, filter: f, name, view, onStart }: MatchingBulk): Promise<BulkReport> {
  let report: BulkReport | undefined;
  try {
    await runJob(
      "bulk",
      name,
      async (signal, progress) => {
        progress({ bytes: 0, rows: 0, of: request.expected, share: 0 });
        const read = (text: string) => {
          const line = JSON.parse(text) as Omit<BulkReport, "error">;
          report ??= (onStart(), { ...line, failures: [], error: null });
          const { failures } = report;
          failures.push(...line.failures);
          report = { ...line, failures, error: null };
          progress({ bytes: 0, rows: line.done, of: line.total, share: line.total === 0 ? 1 : line.done / line.total });
        };
        await new AdminUsersClient(base, readingLines(read)).bulkMatchingUsers(
          request,
          f.search,
          f.role,
          f.banned,
          f.emailVerified,
          f.createdFrom,
          f.createdTo,
          f.lastSeenFrom,
          isUnfiltered(f) ? true : undefined,
          signal,
        );
        if (report?.code) {
          throw await ApiError.from(Response.json({ code: report.code }, { status: 403 }));
        }

        // A response that ends early is not always an error to the browser.
        if (!report?.complete) {
          throw new TypeError("The response was cut off.");
        }
      },
      `/admin/users?${view === "" ? "" : `${view}&`}dialog=bulk`,
    );
  } catch (e) {
    if (!report) {
      // It has not begun.
      throw e;
    }

    report = { ...report, error: e instanceof Error ? e : new Error(String(e)) };
  }

  return report as BulkReport;
}

export const isUnfiltered = ({ sort: _sort, order: _order, ...filter }: UserFilter) => Object.values(filter).every((v) => v === undefined);
