import { ApiError } from "@roundtable/client";

/** Whether the request failed because the resource has changed. */
export function isConflict(error: Error | null) {
  return error instanceof ApiError && error.code === "stale_version";
}

/** Whether the request failed because of what is there: a limit is reached, or the resource has ended. */
export function isRefusedByState(error: Error | null) {
  return error instanceof ApiError && error.code === "conflict";
}
