import type { SortOrder, UserSort } from "@roundtable/client";
import { isDay, isOneOf, useAddress } from "../../../shared/lib/address";
import { useFormat } from "../../../shared/lib/format";
import type { UserFilter } from "./api/listUsers";

export const columnNames = ["roles", "status", "verified", "lastSeenAt", "createdAt"] as const;
export type Column = (typeof columnNames)[number];

const sorts: readonly UserSort[] = ["createdAt", "email", "name", "lastSeenAt"];
const flag = (value: string | null) => (value === "true" ? true : value === "false" ? false : undefined);
const isFlag = isOneOf(["true", "false"]);
const isColumns = (value: string) => value === "none" || value.split(",").every(isOneOf(columnNames));

const filterNames = ["search", "role", "banned", "emailVerified", "createdFrom", "createdTo", "lastSeenFrom"];
const viewNames = [...filterNames, "sort", "order", "columns"];

/** The list's filter, stored in the URL so that it can be bookmarked, shared and navigated back to. */
export function useUserFilter() {
  const { instant } = useFormat();
  const [query, setQuery] = useAddress({
    sort: isOneOf(sorts),
    order: isOneOf(["asc", "desc"]),
    columns: isColumns,
    dialog: isOneOf(["create", "import", "bulk"]),
    banned: isFlag,
    emailVerified: isFlag,
    createdFrom: isDay,
    createdTo: isDay,
    lastSeenFrom: isDay,
  });
  const day = (value: string | null, time = "00:00") => (value ? instant(`${value}T${time}`) : undefined);
  const sort = sorts.find((s) => s === query.get("sort")) ?? "createdAt";
  const order: SortOrder = query.get("order") === "asc" ? "asc" : "desc";
  const filter: UserFilter = {
    search: query.get("search") || undefined,
    role: query.get("role") || undefined,
    banned: flag(query.get("banned")),
    emailVerified: flag(query.get("emailVerified")),
    createdFrom: day(query.get("createdFrom")),
    createdTo: day(query.get("createdTo"), "23:59:59.999"),
    lastSeenFrom: day(query.get("lastSeenFrom")),
    sort,
    order,
  };
  const columns = query.has("columns") ? columnNames.filter((c) => query.get("columns")?.split(",").includes(c)) : columnNames;
  const set = (changes: Record<string, string | null | undefined>, replace = false) =>
    setQuery(
      (before) => {
        const after = new URLSearchParams(before);
        for (const [name, value] of Object.entries(changes)) {
          if (value === null || value === undefined || value === "") {
            after.delete(name);
          } else {
            after.set(name, value);
          }
        }

        return after;
      },
      { replace },
    );
  // A search is seen in its own field.
  const filters = filterNames.filter((n) => n !== "search" && query.get(n)).length;
  return {
    filter,
    columns,
    query,
    set,
    filters,
    filtered: filters > 0 || query.has("search"),
    clear: () => set(Object.fromEntries(filterNames.map((name) => [name, null]))),
    /** What a saved view keeps: filters, sort order and columns. */
    view: viewOf(query),
    show: (view: string) => setQuery(view),
  };
}

export type UserFilterState = ReturnType<typeof useUserFilter>;

/** The part of an address that a saved view keeps, in a fixed order. */
export function viewOf(query: URLSearchParams) {
  const view = new URLSearchParams([...query].filter(([name, value]) => viewNames.includes(name) && value !== ""));
  view.sort();
  return view.toString();
}
