import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { SignedInSession, UpdateProfileRequest } from "@roundtable/client";
import { usersApi } from "../../../shared/lib/clients";
import { sessionKey } from "../../../shared/lib/session";

export function useUpdateMe() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (request: UpdateProfileRequest) => (await usersApi.updateMe(request)).data,
    onSuccess: (user) => queries.setQueryData<SignedInSession | null>(sessionKey, (session) => (session ? { ...session, user } : session)),
  });
}
