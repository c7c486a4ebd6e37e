import { useQueryClient } from "@tanstack/react-query";
import { etagOf, type UserDtoResponse } from "@roundtable/client";
import { useMutation } from "../../../../shared/lib/mutation";
import { userKey } from "./getUser";
import { usersKey } from "./listUsers";

interface Optimism<T> {
  /** Applies the change optimistically; returns the rollback. */
  begin: (request: T) => () => void;
}

/** Changes a user: the response becomes the cached user, and the lists are invalidated. */
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
