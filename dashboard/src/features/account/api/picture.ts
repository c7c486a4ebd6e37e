import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { etagOf, type UserDto } from "@roundtable/client";
import { usersApi } from "../../../shared/lib/clients";
import { useMutation } from "../../../shared/lib/mutation";
import { type BrowserSession, sessionKey } from "../../../shared/lib/session";
import { meKey } from "./getMe";

/** Shows the changed account in the page and in the account menu. */
export function showMe(queries: QueryClient, user: UserDto, version: string | undefined) {
  queries.setQueryData(meKey, { user, version });
  queries.setQueryData<BrowserSession | null>(sessionKey, (session) => (session ? { ...session, user } : session));
}

export function useSetMyPicture() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (picture: Blob) => usersApi.setMyPicture(picture),
    onSuccess: (answer) => showMe(queries, answer.data, etagOf(answer)),
  });
}

/** Returns the removed picture, so that it can be set again. */
export function useRemoveMyPicture() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (userId: string) => {
      const picture = await usersApi.getUserPicture(userId);
      await usersApi.removeMyPicture();
      return picture;
    },
    onSuccess: async () => {
      const answer = await usersApi.getMe();
      showMe(queries, answer.data, etagOf(answer));
    },
  });
}
