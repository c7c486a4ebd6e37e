import { useMutation, useQueryClient } from "@tanstack/react-query";
import { adminSessionsApi } from "../../../../shared/lib/clients";
import { userSessionsKey } from "./listUserSessions";

export function useRevokeSession(userId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (sessionId: string) => adminSessionsApi.revokeAnySession(sessionId),
    onSettled: () => queries.invalidateQueries({ queryKey: userSessionsKey(userId) }),
  });
}
