import { useQuery } from "@tanstack/react-query";
import { webhooksApi } from "../../../../shared/lib/clients";

export const webhooksKey = ["admin", "webhooks"] as const;

/** All endpoints: they always fit on one page. */
export function useWebhooks() {
  return useQuery({
    queryKey: webhooksKey,
    queryFn: async ({ signal }) => (await webhooksApi.listWebhooks(100, undefined, undefined, signal)).data.items,
  });
}
