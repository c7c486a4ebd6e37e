import { type InfiniteData, useInfiniteQuery } from "@tanstack/react-query";
import type { OutboxStatus, WebhookDeliveryDtoPage } from "@roundtable/client";
import { webhooksApi } from "../../../../shared/lib/clients";

export const deliveriesKey = (id: string) => ["admin", "webhook-deliveries", id] as const;

/** The lists of an endpoint's messages, by status. */
export const listsKey = (id: string) => [...deliveriesKey(id), "list"] as const;

const soon = 2000;

export function useDeliveries(id: string, status: OutboxStatus | undefined) {
  return useInfiniteQuery({
    queryKey: [...listsKey(id), status],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam, signal }) => (await webhooksApi.listWebhookDeliveries(id, status, 20, pageParam, undefined, signal)).data,
    getNextPageParam: (page) => page.pagination.nextCursor ?? undefined,
    refetchInterval: (query) => (isUnderWay(query.state.data) ? soon : false),
  });
}

/** Whether a message is being sent now. Lists with more than one page are not polled, because every page would be refetched each time. */
function isUnderWay(lists: InfiniteData<WebhookDeliveryDtoPage> | undefined) {
  return (
    lists?.pages.length === 1 &&
    lists.pages[0]?.items.some((d) => d.status === "sending" || (d.status === "pending" && d.attempts === 0)) === true
  );
}
