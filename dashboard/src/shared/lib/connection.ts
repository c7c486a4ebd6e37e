import { useSyncExternalStore } from "react";

/** Whether the server answers: "doubtful" after the first request without an answer, "away" after the next one. */
export type Connection = "fine" | "doubtful" | "away";

let connection: Connection = "fine";
const listeners = new Set<() => void>();

// What a proxy answers in place of a server that is away, and the server itself without its database.
const unavailable = [502, 503, 504];

/** Notes the outcome of a request: its status, or undefined if no answer came. */
export function noteAnswer(status: number | undefined) {
  const answered = status !== undefined && !unavailable.includes(status);
  const next = answered ? "fine" : connection === "fine" ? "doubtful" : "away";
  if (next !== connection) {
    connection = next;
    listeners.forEach((l) => l());
  }
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};

export const useConnection = () => useSyncExternalStore(subscribe, () => connection);
