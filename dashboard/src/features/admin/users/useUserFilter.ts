import type { SortOrder, UserSort } from "@roundtable/client";
import { useSearchParams } from "react-router";
import type { UserFilter } from "./api/listUsers";

export const columnNames = ["roles", "status", "verified", "lastSeenAt", "createdAt"] as const;
export type Column = (typeof columnNames)[number];

const sorts: readonly UserSort[] = ["createdAt", "email", "name", "lastSeenAt"];
const flag = (value: string | null) => (value === "true" ? true : value === "false" ? false : undefined);
const day = (value: string | null, end = false) => (value && /^\d{4}-\d{2}-\d{2}$/.test(value) ? new Date(`${value}T${end ? "23:59:59.999" : "00:00:00"}`).toISOString() : undefined);

/** The list's filter, stored in the URL so that it can be bookmarked, shared and navigated back to. */
export function useUserFilter() {
  const [query, setQuery] = useSearchParams();
  const sort = sorts.find((s) => s === query.get("sort")) ?? "createdAt";
  const order: SortOrder = query.get("order") === "asc" ? "asc" : "desc";
  const filter: UserFilter = {
    search: query.get("search") || undefined,
    role: query.get("role") || undefined,
    banned: flag(query.get("banned")),
    emailVerified: flag(query.get("emailVerified")),
    createdFrom: day(query.get("createdFrom")),
    createdTo: day(query.get("createdTo"), true),
    lastSeenFrom: day(query.get("lastSeenFrom")),
    sort,
    order,
  };
  const columns = query.has("columns") ? columnNames.filter((c) => query.get("columns")?.split(",").includes(c)) : columnNames;
  const set = (changes: Record<string, string | null | undefined>) => setQuery((before) => {
    const after = new URLSearchParams(before);
    for (const [name, value] of Object.entries(changes)) {
      if (value === null || value === undefined || value === "") {
        after.delete(name);
      } else {
        after.set(name, value);
      }
    }

    return after;
  });
  const filtered = ["search", "role", "banned", "emailVerified", "createdFrom", "createdTo", "lastSeenFrom"].filter((n) => query.get(n)).length;
  return { filter, columns, query, set, filtered, clear: () => setQuery({}) };
}
