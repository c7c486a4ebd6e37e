import { useMutation, useQueryClient } from "@tanstack/react-query";
import { webhooksApi } from "../../../../shared/lib/clients";
import { webhooksKey } from "./listWebhooks";

/** Leaves what is held on the endpoint itself alone: its page is still open, and asking anew would find nothing. */
export function useDeleteWebhook(id: string) {
  const queries = useQueryClient();
  return useMutation({ mutationFn: () => webhooksApi.deleteWebhook(id), onSuccess: () => queries.invalidateQueries({ queryKey: webhooksKey }) });
}
