import { useQueryClient } from "@tanstack/react-query";
import { etagOf, type UpdateServiceAccountRequest } from "@roundtable/client";
import { serviceAccountsApi } from "../../../../shared/lib/clients";
import { useMutation } from "../../../../shared/lib/mutation";
import { accountKey } from "./getAccount";

/** The response replaces the cached account. */
export function useUpdateAccount(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ request, version }: { request: UpdateServiceAccountRequest; version: string | undefined }) =>
      serviceAccountsApi.updateServiceAccount(id, request, version),
    onSuccess: (answer) => {
      queries.setQueryData(accountKey(id), { account: answer.data, version: etagOf(answer) });
      return queries.invalidateQueries({ queryKey: ["admin"] });
    },
  });
}
