import { useSearchParams } from "react-router";
import { localPath } from "../../shared/lib/destination";

/** The page to go on to after the sign-in, which the address names; undefined where it names none of the dashboard's. */
export function useNext(): string | undefined {
  const [query] = useSearchParams();
  return localPath(query.get("next"));
}
