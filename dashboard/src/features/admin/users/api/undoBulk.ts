import type { BulkAction, BulkResultDto, UserDto } from "@roundtable/client";
import { useQueryClient } from "@tanstack/react-query";
import { adminUsersApi } from "../../../../shared/lib/clients";
import type { SelectedUser } from "../useSelection";

/** Returns a function that undoes a bulk action for the affected users, or undefined if it cannot be undone. */
export function useUndoBulk() {
  const queries = useQueryClient();
  return (action: BulkAction, before: readonly SelectedUser[], result: BulkResultDto): (() => Promise<void>) | undefined => {
    const done = new Set(result.results.filter((r) => r.ok).map((r) => r.id));
    const changed = before.filter((u) => done.has(u.id));
    // What a report has of a user is not enough to restore them.
    const steps = changed.every((u) => "roles" in u) ? undoSteps[action]?.(changed) : undefined;
    return steps && steps.length > 0
      ? async () => {
          await Promise.all(steps.map((step) => step()));
          await queries.invalidateQueries({ queryKey: ["admin"] });
        }
      : undefined;
  };
}

type Steps = (users: readonly UserDto[]) => (() => Promise<unknown>)[];

const ids = (users: readonly UserDto[]) => users.map((u) => u.id);

const undoSteps: Partial<Record<BulkAction, Steps>> = {
  // Users who were already banned stay banned, for their original reason.
  ban: (users) => {
    const free = users.filter((u) => !u.banned);
    return [
      ...(free.length > 0 ? [() => adminUsersApi.bulkUsers({ action: "unban", ids: ids(free) })] : []),
      ...banAgain(users.filter((u) => u.banned)),
    ];
  },
  unban: (users) => banAgain(users.filter((u) => u.banned)),
  setRoles: (users) =>
    alike(users, (u) => [...u.roles].sort().join()).map(
      (same) => () => adminUsersApi.bulkUsers({ action: "setRoles", ids: ids(same), roles: same[0]?.roles ?? [] }),
    ),
};

/** Groups users that one request can handle. */
function alike(users: readonly UserDto[], key: (user: UserDto) => string) {
  const groups = new Map<string, UserDto[]>();
  users.forEach((u) => groups.set(key(u), [...(groups.get(key(u)) ?? []), u]));
  return [...groups.values()];
}

function banAgain(users: readonly UserDto[]) {
  return alike(users, (u) => `${u.banExpiresAt} ${u.banReason}`).map(
    (same) => () =>
      adminUsersApi.bulkUsers({
        action: "ban",
        ids: ids(same),
        reason: same[0]?.banReason ?? "–",
        expiresAt: same[0]?.banExpiresAt ?? null,
      }),
  );
}
