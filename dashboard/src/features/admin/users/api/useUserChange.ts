import { useMutation, useQueryClient } from "@tanstack/react-query";
import { etagOf, type UserDtoResponse } from "@roundtable/client";
import { userKey } from "./getUser";
import { usersKey } from "./listUsers";

/** A change of a user: what comes back is what there is, and the lists are out of date. */
export function useUserChange<T>(id: string, change: (request: T) => Promise<UserDtoResponse>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (answer) => {
      queries.setQueryData(userKey(id), { user: answer.data, version: etagOf(answer) });
      void queries.invalidateQueries({ queryKey: usersKey });
      void queries.invalidateQueries({ queryKey: ["admin", "user-sessions", id] });
      void queries.invalidateQueries({ queryKey: ["admin", "audit"] });
    },
  });
}
