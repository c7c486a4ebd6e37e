import { useQueryClient } from "@tanstack/react-query";
import { webhooksApi } from "../../../../shared/lib/clients";
import { useMutation } from "../../../../shared/lib/mutation";
import { webhooksKey } from "./listWebhooks";

/** Keeps the endpoint's own cache entry: its page is still open, and a refetch would find nothing. */
export function useDeleteWebhook(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => webhooksApi.deleteWebhook(id),
    onSuccess: () => queries.invalidateQueries({ queryKey: webhooksKey }),
  });
}
