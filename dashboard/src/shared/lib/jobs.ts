import { useSyncExternalStore } from "react";

/** A job's progress: of a file in bytes, of other work in rows of a known number. */
export interface Progress {
  bytes: number;
  rows?: number | undefined;
  /** The number of rows of work that is no file. */
  of?: number | undefined;
  /** From 0 to 1; absent while unknown. */
  share?: number | undefined;
}

/** A file transfer, or work of the server, that continues when its page is left. */
export interface Job {
  readonly id: number;
  /** Of each kind, such as imports, only the newest finished job is shown. */
  readonly kind: string;
  readonly name: string;
  readonly state: "running" | "done" | "failed" | "cancelled";
  readonly progress: Progress;
  readonly error: Error | null;
  /** The page that shows the result. */
  readonly page: string | undefined;
  readonly cancel: () => void;
}

let jobs: readonly Job[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function set(next: readonly Job[]) {
  jobs = next;
  listeners.forEach((l) => l());
}

const change = (id: number, changes: Partial<Job>) => set(jobs.map((j) => (j.id === id ? { ...j, ...changes } : j)));

/** Runs the work in the background, where it can be watched and cancelled. */
export async function runJob<T>(
  kind: string,
  name: string,
  work: (signal: AbortSignal, report: (progress: Progress) => void) => Promise<T>,
  page?: string,
): Promise<T> {
  const id = ++lastId;
  const abort = new AbortController();
  forgetFinished(kind);
  set([...jobs, { id, kind, name, state: "running", progress: { bytes: 0 }, error: null, page, cancel: () => abort.abort() }]);
  try {
    const result = await work(abort.signal, (progress) => change(id, { progress }));
    change(id, { state: "done" });
    return result;
  } catch (e) {
    change(id, abort.signal.aborted ? { state: "cancelled" } : { state: "failed", error: e instanceof Error ? e : new Error(String(e)) });
    throw e;
  }
}

/** Removes the finished jobs of a kind, whose result is shown elsewhere. */
export const forgetFinished = (kind: string) => set(jobs.filter((j) => j.kind !== kind || j.state === "running"));

export const forgetJob = (id: number) => set(jobs.filter((j) => j.id !== id));

/** Cancels and removes all jobs, which belonged to another user. */
export function cancelJobs() {
  jobs.forEach((j) => j.cancel());
  set([]);
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};

export const useJobs = () => useSyncExternalStore(subscribe, () => jobs);
