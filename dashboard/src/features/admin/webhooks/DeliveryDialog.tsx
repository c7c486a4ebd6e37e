import { Button, Code, Group, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useI18n } from "../../../i18n";
import { CopyText } from "../../../shared/ui/CopyText";
import { Dialog } from "../../../shared/ui/Dialog";
import { Failure } from "../../../shared/ui/Failure";
import { Loading } from "../../../shared/ui/Loading";
import { When } from "../../../shared/ui/When";
import { SendStatus } from "../emails/SendStatus";
import { useDeliveryError } from "../emails/useDeliveryError";
import { useDelivery } from "./api/getDelivery";

/** What a message says, and what the receiver answered. */
export function DeliveryDialog({ id, deliveryId, onClose }: { id: string; deliveryId: string; onClose: () => void }) {
  const { t } = useI18n();
  const words = useDeliveryError();
  const query = useDelivery(id, deliveryId);
  const { delivery, body } = query.data ?? {};
  return (
    <Dialog onClose={onClose} title={t("deliveries.one")} size="lg">
      <Failure error={query.error} retry={() => void query.refetch()} />
      {query.isPending && <Loading rows={4} />}
      {delivery && (
        <Stack>
          <div>
            <Text fw={600}>{delivery.eventType}</Text>
            <Text size="xs" c="dimmed" ff="monospace" style={{ overflowWrap: "anywhere" }}>
              {delivery.eventId}
            </Text>
            <Text size="sm" c="dimmed">
              <When at={delivery.createdAt} exact /> · {t("emails.attempts")}: {delivery.attempts}
            </Text>
          </div>
          <Part title={t("deliveries.answer")}>
            <SendStatus status={delivery.status} />
            {delivery.lastError === null ? (
              <Text size="sm">{t(delivery.status === "sent" ? "deliveries.accepted" : "deliveries.noAnswer")}</Text>
            ) : (
              <>
                <Text size="sm">{words("delivery", delivery.lastErrorCode)}</Text>
                <Block text={delivery.lastError} label={t("deliveries.answer")} />
              </>
            )}
          </Part>
          <Part title={t("deliveries.body")}>
            {typeof body === "string" ? (
              <>
                <Block text={pretty(body)} label={t("deliveries.body")} />
                <Group>
                  <CopyText size="xs" text={body} />
                </Group>
              </>
            ) : (
              <Text size="sm">{t(delivery.status === "sent" ? "deliveries.bodyDeleted" : "deliveries.bodyHidden")}</Text>
            )}
          </Part>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t("close")}
            </Button>
          </Group>
        </Stack>
      )}
    </Dialog>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Stack gap={6}>
      <Title order={3} size="sm">
        {title}
      </Title>
      {children}
    </Stack>
  );
}

function Block({ text, label }: { text: string; label: string }) {
  return (
    <Code
      block
      tabIndex={0}
      role="region"
      aria-label={label}
      style={{ maxHeight: 280, overflow: "auto", whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}
    >
      {text}
    </Code>
  );
}

/** Indented; a text that was cut stays as it is. */
function pretty(json: string) {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json;
  }
}
