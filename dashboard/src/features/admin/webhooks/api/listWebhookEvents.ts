import { useQuery } from "@tanstack/react-query";
import { webhooksApi } from "../../../../shared/lib/clients";

/** The available event types; they change only with the program's version. */
export function useWebhookEvents() {
  return useQuery({
    queryKey: ["admin", "webhook-events"],
    staleTime: Infinity,
    queryFn: async ({ signal }) => (await webhooksApi.listWebhookEvents(signal)).data,
  });
}
