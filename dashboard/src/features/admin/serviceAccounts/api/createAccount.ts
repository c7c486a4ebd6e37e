import { useQueryClient } from "@tanstack/react-query";
import type { CreateServiceAccountRequest } from "@roundtable/client";
import { serviceAccountsApi } from "../../../../shared/lib/clients";
import { useMutation } from "../../../../shared/lib/mutation";

export function useCreateAccount() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (request: CreateServiceAccountRequest) => (await serviceAccountsApi.createServiceAccount(request)).data,
    onSuccess: () => queries.invalidateQueries({ queryKey: ["admin"] }),
  });
}
