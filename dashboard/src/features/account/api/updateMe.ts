import { useQueryClient } from "@tanstack/react-query";
import { etagOf, type UpdateProfileRequest } from "@roundtable/client";
import { usersApi } from "../../../shared/lib/clients";
import { useMutation } from "../../../shared/lib/mutation";
import { type BrowserSession, sessionKey } from "../../../shared/lib/session";
import { meKey } from "./getMe";

export function useUpdateMe() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ request, version }: { request: UpdateProfileRequest; version: string | undefined }) =>
      usersApi.updateMe(request, version),
    onSuccess: (answer) => {
      queries.setQueryData(meKey, { user: answer.data, version: etagOf(answer) });
      queries.setQueryData<BrowserSession | null>(sessionKey, (session) => (session ? { ...session, user: answer.data } : session));
    },
  });
}
