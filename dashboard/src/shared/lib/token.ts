import { useState } from "react";

/** The token of a mailed link. It is in the URL fragment, which is not sent to servers. */
export function useLinkToken(): string {
  const [token] = useState(() => new URLSearchParams(window.location.hash.slice(1)).get("token") ?? "");
  return token;
}
