import { useQueryClient } from "@tanstack/react-query";
import type { SessionDto } from "@roundtable/client";
import { adminSessionsApi } from "../../../../shared/lib/clients";
import { useMutation } from "../../../../shared/lib/mutation";
import { userSessionsKey } from "./listUserSessions";

/** Removes it from the list optimistically; rolls back if the API refuses. */
export function useRevokeSession(userId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (sessionId: string) => adminSessionsApi.revokeAnySession(sessionId),
    onMutate: async (sessionId) => {
      await queries.cancelQueries({ queryKey: userSessionsKey(userId) });
      const before = queries.getQueryData<SessionDto[]>(userSessionsKey(userId));
      queries.setQueryData<SessionDto[]>(userSessionsKey(userId), (sessions) => sessions?.filter((s) => s.id !== sessionId));
      return { before };
    },
    onError: (_error, _id, context) => queries.setQueryData(userSessionsKey(userId), context?.before),
    onSettled: () => queries.invalidateQueries({ queryKey: userSessionsKey(userId) }),
  });
}
