import { Badge, Button, Group, Stack, Switch, Text } from "@mantine/core";
import { etagOf, type WebhookDto } from "@roundtable/client";
import { type ReactNode, useState } from "react";
import { useI18n } from "../../../i18n";
import { useMay } from "../../../shared/lib/session";
import { sayUndoable } from "../../../shared/lib/toasts";
import { Failure } from "../../../shared/ui/Failure";
import { Section } from "../../../shared/ui/Section";
import { When } from "../../../shared/ui/When";
import { LastMessage, SuccessRate } from "./Activity";
import { Added } from "./Added";
import { useUpdateWebhook } from "./api/updateWebhook";
import { EditWebhook } from "./EditWebhook";
import { OnOff } from "./OnOff";

/** An endpoint's settings, and whether it is enabled. */
export function WebhookSection({ webhook, version }: { webhook: WebhookDto; version: string | undefined }) {
  const { t } = useI18n();
  const write = useMay()("changeWebhooks");
  const update = useUpdateWebhook(webhook.id);
  const undo = useUpdateWebhook(webhook.id);
  const [editing, setEditing] = useState(false);
  const set = (enabled: boolean) =>
    update.mutate(
      { version: undefined, request: { enabled } },
      {
        onSuccess: (answer) =>
          sayUndoable(enabled ? t("webhooks.switchedOn") : t("webhooks.switchedOff"), () =>
            undo.mutateAsync({ version: etagOf(answer), request: { enabled: !enabled } }),
          ),
      },
    );
  return (
    <Section
      title={t("webhooks.endpoint")}
      aside={
        write && (
          <Button size="xs" variant="default" onClick={() => setEditing(true)}>
            {t("edit")}
          </Button>
        )
      }
    >
      <Failure error={update.error} />
      <Text fw={600} style={{ overflowWrap: "anywhere" }}>
        {webhook.url}
      </Text>
      <Stack gap={6}>
        <Text size="sm" c="dimmed">
          {webhook.events.length === 0 ? t("webhooks.allEvents") : t("webhooks.events")}
        </Text>
        {webhook.events.length > 0 && (
          <Group gap={6}>
            {webhook.events.map((type) => (
              <Badge key={type} variant="default" tt="none" fw={500}>
                {type}
              </Badge>
            ))}
          </Group>
        )}
      </Stack>
      {write ? (
        <Switch
          label={t("webhooks.enabled")}
          description={t("webhooks.enabledHint")}
          checked={webhook.enabled}
          disabled={update.isPending}
          onChange={(e) => set(e.currentTarget.checked)}
        />
      ) : (
        <div>
          <OnOff enabled={webhook.enabled} />
        </div>
      )}
      {!webhook.showsUserData && <Text size="sm">{t("webhooks.bare")}</Text>}
      <Group gap="xl" align="flex-start">
        <Figure title={t("webhooks.success")}>
          <SuccessRate activity={webhook.activity} />
        </Figure>
        <Figure title={t("webhooks.last")}>
          <LastMessage activity={webhook.activity} />
        </Figure>
        <Figure title={t("webhooks.created")}>
          <Added webhook={webhook} />
        </Figure>
      </Group>
      {webhook.previousSecretUntil && (
        <Text size="sm" c="dimmed">
          {t("webhooks.oldSecret")}: <When at={webhook.previousSecretUntil} exact />
        </Text>
      )}
      {editing && <EditWebhook webhook={webhook} version={version} onClose={() => setEditing(false)} />}
    </Section>
  );
}

function Figure({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <Text size="xs" c="dimmed">
        {title}
      </Text>
      {children}
    </div>
  );
}
