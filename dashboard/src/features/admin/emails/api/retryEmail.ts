import { useMutation, useQueryClient } from "@tanstack/react-query";
import { emailsApi } from "../../../../shared/lib/clients";

export function useRetryEmail() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => emailsApi.retryEmail(id),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["admin"] }),
  });
}
