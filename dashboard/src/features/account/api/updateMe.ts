import { useQueryClient } from "@tanstack/react-query";
import { etagOf, type UpdateProfileRequest } from "@roundtable/client";
import { usersApi } from "../../../shared/lib/clients";
import { useMutation } from "../../../shared/lib/mutation";
import { showMe } from "./picture";

export function useUpdateMe() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ request, version }: { request: UpdateProfileRequest; version: string | undefined }) =>
      usersApi.updateMe(request, version),
    onSuccess: (answer) => showMe(queries, answer.data, etagOf(answer)),
  });
}
