import { useState } from "react";

/** The secret of a mailed link. It stands in the fragment, which reaches no server. */
export function useLinkToken(): string {
  const [token] = useState(() => new URLSearchParams(window.location.hash.slice(1)).get("token") ?? "");
  return token;
}
