import { useQueryClient } from "@tanstack/react-query";
import { webhooksApi } from "../../../../shared/lib/clients";
import { useMutation } from "../../../../shared/lib/mutation";

export function useTestWebhook(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => webhooksApi.testWebhook(id),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["admin"] }),
  });
}
