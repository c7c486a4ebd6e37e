import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();

/** Asks for the password again if an operation requires a fresh session. */
export function openReauthentication() {
  listeners.forEach((l) => l());
}

export function onReauthentication(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

const refreshed = new Set<() => void>();
const raised = new WeakMap<Error, number>();
let refreshes = 0;

/** Call when the session was refreshed. */
export function noteRefresh() {
  refreshes++;
  refreshed.forEach((l) => l());
}

function onRefresh(listener: () => void) {
  refreshed.add(listener);
  return () => {
    refreshed.delete(listener);
  };
}

/** Whether the session has been refreshed since the error was first shown. */
export function useRefreshedSince(error: Error | null | undefined) {
  const now = useSyncExternalStore(onRefresh, () => refreshes);
  if (error && !raised.has(error)) {
    raised.set(error, now);
  }

  return !!error && raised.get(error) !== now;
}
