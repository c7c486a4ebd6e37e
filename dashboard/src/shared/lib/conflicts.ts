import { ApiError } from "@roundtable/client";

/** Whether it was refused because what it meant to change is no longer what it was. */
export function isConflict(error: Error | null) {
  return error instanceof ApiError && error.code === "stale_version";
}
