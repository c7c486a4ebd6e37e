import { useQuery } from "@tanstack/react-query";
import { useDebouncedValue } from "@mantine/hooks";
import { findUsers } from "../../../../shared/lib/findUsers";

/** Users who fit the text, once it has settled. */
export function usePeople(text: string, enabled: boolean) {
  const [settled] = useDebouncedValue(text.trim(), 200);
  const found = useQuery({
    queryKey: ["admin", "found", settled],
    enabled: enabled && settled.length > 1,
    queryFn: ({ signal }) => findUsers(settled, signal),
  });
  return { users: found.data ?? [], pending: enabled && (found.isFetching || settled !== text.trim()) };
}
