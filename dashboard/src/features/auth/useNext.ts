import { useSearchParams } from "react-router";
import { localPath } from "../../shared/lib/destination";

/** The dashboard page to open after the sign-in, from the URL; undefined if the URL names none. */
export function useNext(): string | undefined {
  const [query] = useSearchParams();
  return localPath(query.get("next"));
}
