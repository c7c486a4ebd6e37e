import { useQueryClient } from "@tanstack/react-query";
import type { CreateWebhookRequest } from "@roundtable/client";
import { webhooksApi } from "../../../../shared/lib/clients";
import { useMutation } from "../../../../shared/lib/mutation";

/** Returns the endpoint with its secret, which is returned only once. */
export function useCreateWebhook() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (request: CreateWebhookRequest) => (await webhooksApi.createWebhook(request)).data,
    onSuccess: () => queries.invalidateQueries({ queryKey: ["admin"] }),
  });
}
