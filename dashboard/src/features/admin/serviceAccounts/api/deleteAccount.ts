import { useQueryClient } from "@tanstack/react-query";
import { serviceAccountsApi } from "../../../../shared/lib/clients";
import { useMutation } from "../../../../shared/lib/mutation";

/** Loads nothing again at once: the account's page is still open, and would find nothing. */
export function useDeleteAccount(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => serviceAccountsApi.deleteServiceAccount(id),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["admin"], refetchType: "none" }),
  });
}
