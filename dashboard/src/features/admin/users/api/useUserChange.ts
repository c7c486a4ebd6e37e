import { useMutation, useQueryClient } from "@tanstack/react-query";
import { etagOf, type UserDtoResponse } from "@roundtable/client";
import { userKey } from "./getUser";
import { usersKey } from "./listUsers";

interface Optimism<T> {
  /** Shows the change before it is made; gives the way back. */
  begin: (request: T) => () => void;
}

/** A change of a user: what comes back is what there is, and the lists are out of date. */
export function useUserChange<T>(id: string, change: (request: T) => Promise<UserDtoResponse>, optimism?: Optimism<T>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onMutate: async (request) => {
      await queries.cancelQueries({ queryKey: userKey(id) });
      return optimism?.begin(request);
    },
    onError: (_error, _request, takeBack) => takeBack?.(),
    onSuccess: (answer) => {
      queries.setQueryData(userKey(id), { user: answer.data, version: etagOf(answer) });
      for (const key of [usersKey, ["admin", "user-sessions", id], ["admin", "audit"], ["admin", "emails"]]) {
        void queries.invalidateQueries({ queryKey: key });
      }
    },
  });
}
