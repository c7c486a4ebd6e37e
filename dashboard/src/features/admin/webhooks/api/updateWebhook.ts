import { useQueryClient } from "@tanstack/react-query";
import { etagOf, type UpdateWebhookRequest } from "@roundtable/client";
import { webhooksApi } from "../../../../shared/lib/clients";
import { useMutation } from "../../../../shared/lib/mutation";
import { webhookKey } from "./getWebhook";

/** The response replaces the cached endpoint; disabling it also cancels pending messages. */
export function useUpdateWebhook(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ request, version }: { request: UpdateWebhookRequest; version: string | undefined }) =>
      webhooksApi.updateWebhook(id, request, version),
    onSuccess: (answer) => {
      queries.setQueryData(webhookKey(id), { webhook: answer.data, version: etagOf(answer) });
      return queries.invalidateQueries({ queryKey: ["admin"] });
    },
  });
}
