import { useState } from "react";
import type { UserDto } from "@roundtable/client";
import type { UserFilter } from "./api/listUsers";

/** A selected user: as the list had them, or what the report of a bulk action has. */
export type SelectedUser = UserDto | { id: string; email: string };

/** The selected users, as they were when selected. */
export type Selection = ReadonlyMap<string, SelectedUser>;

/** The selection: some users, or all that match the filter, whether loaded or not. */
export function useSelection(filter: UserFilter) {
  const { sort: _sort, order: _order, ...matching } = filter;
  const key = JSON.stringify(matching);
  const [users, setUsers] = useState<Selection>(new Map());
  const [allOf, setAllOf] = useState<string | null>(null);
  return {
    users,
    /** Whether all that match are selected; another filter ends it. */
    all: allOf === key,
    select: (next: Selection) => {
      setAllOf(null);
      setUsers(next);
    },
    selectAll: () => setAllOf(key),
  };
}

export type SelectionState = ReturnType<typeof useSelection>;
