import { useQueryClient } from "@tanstack/react-query";
import { adminSessionsApi } from "../../../../shared/lib/clients";
import { useMutation } from "../../../../shared/lib/mutation";
import { userSessionsKey } from "./listUserSessions";

export function useRevokeSessions(userId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => adminSessionsApi.revokeUserSessions(userId),
    onSuccess: () => queries.invalidateQueries({ queryKey: userSessionsKey(userId) }),
  });
}
