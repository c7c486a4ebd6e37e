import { useQuery } from "@tanstack/react-query";
import { webhooksApi } from "../../../../shared/lib/clients";

/** The types of events there are; they change with the program only. */
export function useWebhookEvents() {
  return useQuery({ queryKey: ["admin", "webhook-events"], staleTime: Infinity, queryFn: async ({ signal }) => (await webhooksApi.listWebhookEvents(signal)).data });
}
