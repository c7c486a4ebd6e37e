import type { UserDto } from "@roundtable/client";
import { useQueryClient } from "@tanstack/react-query";
import { adminUsersApi } from "../../../../shared/lib/clients";
import { userKey } from "./getUser";
import { useUserChange } from "./useUserChange";

interface Change {
  roles: string[];
  version: string | undefined;
}

type Held = { user: UserDto; version: string | undefined } | undefined;

/** Shows the new roles optimistically; rolls back if the API refuses. */
export function useSetRoles(id: string) {
  const queries = useQueryClient();
  return useUserChange(id, ({ roles, version }: Change) => adminUsersApi.setUserRoles(id, { roles }, version), {
    begin: ({ roles }) => {
      const before = queries.getQueryData<Held>(userKey(id));
      queries.setQueryData<Held>(userKey(id), (held) => held && { ...held, user: { ...held.user, roles } });
      return () => queries.setQueryData(userKey(id), before);
    },
  });
}
