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
const refusals = new WeakMap<Error, number>();
let refreshes = 0;

/** Call when the API refused a request because the session is not fresh. */
export function recordRefusal(error: Error) {
  refusals.set(error, refreshes);
}

/** Call when the session was refreshed. */
export function publishRefresh() {
  refreshes++;
  refreshed.forEach((l) => l());
}

function onRefresh(listener: () => void) {
  refreshed.add(listener);
  return () => {
    refreshed.delete(listener);
  };
}

/** Whether the session has been refreshed since this refusal. */
export function useRefreshedSince(error: Error | null | undefined) {
  const now = useSyncExternalStore(onRefresh, () => refreshes);
  return !!error && (refusals.get(error) ?? now) !== now;
}
