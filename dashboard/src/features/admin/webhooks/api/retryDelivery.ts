import { type InfiniteData, useQueryClient } from "@tanstack/react-query";
import type { WebhookDeliveryDtoPage } from "@roundtable/client";
import { webhooksApi } from "../../../../shared/lib/clients";
import { useMutation } from "../../../../shared/lib/mutation";
import { listsKey } from "./listDeliveries";

type Lists = InfiniteData<WebhookDeliveryDtoPage>;

/** Shows the message as pending optimistically; rolls back if the API refuses. */
export function useRetryDelivery(id: string) {
  const queries = useQueryClient();
  const queryKey = listsKey(id);
  return useMutation({
    mutationFn: (deliveryId: string) => webhooksApi.retryWebhookDelivery(id, deliveryId),
    onMutate: async (deliveryId) => {
      await queries.cancelQueries({ queryKey });
      const before = queries.getQueriesData<Lists>({ queryKey });
      queries.setQueriesData<Lists>(
        { queryKey },
        (lists) =>
          lists && {
            ...lists,
            pages: lists.pages.map((p) => ({
              ...p,
              items: p.items.map((d) => (d.id === deliveryId ? { ...d, status: "pending" as const, attempts: 0 } : d)),
            })),
          },
      );
      return { before };
    },
    onError: (_error, _id, context) => context?.before.forEach(([key, lists]) => queries.setQueryData(key, lists)),
    onSettled: () => queries.invalidateQueries({ queryKey: ["admin"] }),
  });
}
