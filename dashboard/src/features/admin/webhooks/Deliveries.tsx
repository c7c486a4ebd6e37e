import { Button, Group, Select } from "@mantine/core";
import type { OutboxStatus, WebhookDto } from "@roundtable/client";
import { useI18n } from "../../../i18n";
import { isOneOf, useAddress } from "../../../shared/lib/address";
import { useMay } from "../../../shared/lib/session";
import { say } from "../../../shared/lib/toasts";
import { Empty } from "../../../shared/ui/Empty";
import { Failure } from "../../../shared/ui/Failure";
import { Loading } from "../../../shared/ui/Loading";
import { LoadMore } from "../../../shared/ui/LoadMore";
import { Section } from "../../../shared/ui/Section";
import { useDeliveries } from "./api/listDeliveries";
import { useTestWebhook } from "./api/testWebhook";
import { DeliveryTable } from "./DeliveryTable";

const statuses: readonly OutboxStatus[] = ["pending", "sending", "sent", "failed"];

/** The messages to an endpoint, newest first. */
export function Deliveries({ webhook }: { webhook: WebhookDto }) {
  const { t } = useI18n();
  const may = useMay();
  const [query, setQuery] = useAddress({ status: isOneOf(statuses) });
  const status = statuses.find((s) => s === query.get("status"));
  const deliveries = useDeliveries(webhook.id, status);
  const test = useTestWebhook(webhook.id);
  const items = deliveries.data?.pages.flatMap((p) => p.items) ?? [];
  return (
    <Section
      title={t("deliveries.title")}
      text={t("deliveries.text")}
      aside={
        <Group gap="xs">
          <Select
            aria-label={t("emails.status")}
            placeholder={t("emails.all")}
            clearable
            clearButtonProps={{ "aria-label": t("clear") }}
            value={status ?? null}
            data={statuses.map((value) => ({ value, label: t(`emails.${value}`) }))}
            onChange={(value) => setQuery(value ? { status: value } : {}, { preventScrollReset: true })}
          />
          {may("changeWebhooks") && (
            <Button
              variant="default"
              disabled={!webhook.enabled}
              loading={test.isPending}
              onClick={() => test.mutate(undefined, { onSuccess: () => say(t("webhooks.tested")) })}
            >
              {t("webhooks.test")}
            </Button>
          )}
        </Group>
      }
    >
      <Failure error={test.error} />
      <Failure error={deliveries.error} retry={() => void deliveries.refetch()} />
      {deliveries.isPending && <Loading rows={4} />}
      {items.length > 0 && <DeliveryTable id={webhook.id} deliveries={items} />}
      {deliveries.isSuccess && items.length === 0 && (
        <Empty title={t("deliveries.empty")} {...(status ? { hint: t("filter.hint") } : {})} />
      )}
      <LoadMore
        auto={false}
        more={deliveries.hasNextPage}
        pending={deliveries.isFetchingNextPage}
        onMore={() => void deliveries.fetchNextPage()}
      />
    </Section>
  );
}
