import { useState } from "react";

/** The secret of a mailed link. It stands in the fragment, which reaches no server. */
export function useLinkToken(): string {
  const [token] = useState(() => new URLSearchParams(window.location.hash.slice(1)).get("token") ?? "");
  return token;
}

/** Whether an address is one of ours to go on to. */
export function isLocalPath(path: string | null | undefined): path is string {
  return typeof path === "string" && path.startsWith("/") && !path.startsWith("//") && !path.startsWith("/\\");
}
