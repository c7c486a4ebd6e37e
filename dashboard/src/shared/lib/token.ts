import { useState } from "react";

const maxLength = 256;

/** The token of a mailed link, empty if it is none. It is in the URL fragment, which is not sent to servers. */
export function useLinkToken(): string {
  const [token] = useState(() => new URLSearchParams(window.location.hash.slice(1)).get("token") ?? "");
  return token.length > maxLength ? "" : token;
}
