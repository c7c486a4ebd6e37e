import { useSearchParams } from "react-router";
import { localPath } from "../../shared/lib/destination";

const signedOutPages = /^\/(sign-in|sign-up|two-factor|magic-link|forgot-password|reset-password|verify-email)\b/;

/** The dashboard page to open after the sign-in, from the URL; undefined if the URL names none. */
export function useNext(): string | undefined {
  const [query] = useSearchParams();
  const next = localPath(query.get("next"));
  return next && signedOutPages.test(next) ? undefined : next;
}
