import { useQuery } from "@tanstack/react-query";
import { webhooksApi } from "../../../../shared/lib/clients";
import { deliveriesKey } from "./listDeliveries";

/** A message to an endpoint, with what it says as long as that is kept. */
export function useDelivery(id: string, deliveryId: string) {
  return useQuery({
    queryKey: [...deliveriesKey(id), "one", deliveryId],
    queryFn: async ({ signal }) => (await webhooksApi.getWebhookDelivery(id, deliveryId, signal)).data,
  });
}
