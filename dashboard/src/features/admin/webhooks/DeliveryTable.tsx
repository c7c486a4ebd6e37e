import { Button, Group, Text } from "@mantine/core";
import type { WebhookDeliveryDto } from "@roundtable/client";
import { useState } from "react";
import { useI18n } from "../../../i18n";
import { useMay } from "../../../shared/lib/session";
import { say } from "../../../shared/lib/toasts";
import { DataTable } from "../../../shared/ui/DataTable";
import { Failure } from "../../../shared/ui/Failure";
import { When } from "../../../shared/ui/When";
import { SendStatus } from "../emails/SendStatus";
import { useRetryDelivery } from "./api/retryDelivery";
import { DeliveryDialog } from "./DeliveryDialog";

/** Messages and their status; each opens in a dialog. */
export function DeliveryTable({ id, deliveries }: { id: string; deliveries: readonly WebhookDeliveryDto[] }) {
  const { t } = useI18n();
  const may = useMay();
  const retry = useRetryDelivery(id);
  const [shown, setShown] = useState<string | null>(null);
  const again = (delivery: WebhookDeliveryDto) =>
    may("changeWebhooks") &&
    (delivery.status === "failed" || delivery.status === "pending") && (
      <Button size="xs" variant="default" onClick={() => retry.mutate(delivery.id, { onSuccess: () => say(t("deliveries.retried")) })}>
        {t("emails.retry")}
      </Button>
    );
  return (
    <>
      <Failure error={retry.error} />
      <DataTable
        label={t("deliveries.title")}
        columns={[t("deliveries.when"), t("deliveries.event"), t("emails.status"), t("emails.attempts"), ""]}
        rows={deliveries.map((delivery) => ({
          key: delivery.id,
          cells: [
            <When key="when" at={delivery.createdAt} exact />,
            <Event key="event" delivery={delivery} />,
            <Status key="status" delivery={delivery} />,
            delivery.attempts,
            <Group key="actions" gap="xs" justify="flex-end">
              <Button size="xs" variant="default" aria-haspopup="dialog" onClick={() => setShown(delivery.id)}>
                {t("deliveries.show")}
              </Button>
              {again(delivery)}
            </Group>,
          ],
        }))}
      />
      {shown !== null && <DeliveryDialog id={id} deliveryId={shown} onClose={() => setShown(null)} />}
    </>
  );
}

function Event({ delivery }: { delivery: WebhookDeliveryDto }) {
  return (
    <div>
      {delivery.eventType}
      <Text fz={11} c="dimmed" ff="monospace">
        {delivery.eventId}
      </Text>
    </div>
  );
}

function Status({ delivery }: { delivery: WebhookDeliveryDto }) {
  const { t } = useI18n();
  return (
    <div>
      <SendStatus status={delivery.status} failed={{ what: "delivery", ...delivery }} />
      {delivery.sentAt && (
        <Text size="xs" c="dimmed">
          {t("deliveries.sentAt")}: <When at={delivery.sentAt} exact />
        </Text>
      )}
      {delivery.status === "pending" && delivery.nextAttemptAt && (
        <Text size="xs" c="dimmed">
          {t("deliveries.nextAt")}: <When at={delivery.nextAttemptAt} exact />
        </Text>
      )}
    </div>
  );
}
