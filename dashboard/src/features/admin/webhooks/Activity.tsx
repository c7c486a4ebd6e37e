import { Text } from "@mantine/core";
import type { WebhookActivityDto } from "@roundtable/client";
import { useI18n } from "../../../i18n";
import { useFormat } from "../../../shared/lib/format";
import { When } from "../../../shared/ui/When";
import { SendStatus } from "../emails/SendStatus";

// Below this, somebody should look.
const good = 0.95;

/** The share of a day's messages that the endpoint accepted; those still to be sent for the first time do not count. */
export function SuccessRate({ activity: { sent, failed, retrying } }: { activity: WebhookActivityDto }) {
  const { t } = useI18n();
  const format = useFormat();
  const count = sent + failed + retrying;
  if (count === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t("webhooks.noMessages")}
      </Text>
    );
  }

  return (
    <div>
      <Text size="sm" fw={600} {...(sent / count < good ? { c: "red" } : {})}>
        {format.percent(sent / count)}
      </Text>
      <Text size="xs" c="dimmed">
        {t("webhooks.successOf", { sent, count })}
      </Text>
    </div>
  );
}

/** When the newest message was made, and whether it arrived. */
export function LastMessage({ activity: { lastAt, lastStatus } }: { activity: WebhookActivityDto }) {
  const { t } = useI18n();
  return lastAt === null || lastStatus === null ? (
    <Text size="sm" c="dimmed">
      {t("webhooks.noMessages")}
    </Text>
  ) : (
    <div>
      <SendStatus status={lastStatus} />
      <Text size="xs" c="dimmed">
        <When at={lastAt} />
      </Text>
    </div>
  );
}
