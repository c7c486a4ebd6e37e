import { ApiError } from "@roundtable/client";

/** Whether the request failed because the resource has changed. */
export function isConflict(error: Error | null) {
  return error instanceof ApiError && error.code === "stale_version";
}
