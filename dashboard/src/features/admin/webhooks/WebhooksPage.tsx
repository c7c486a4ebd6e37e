import { Anchor, Button, Card, Text } from "@mantine/core";
import type { WebhookDto } from "@roundtable/client";
import { useState } from "react";
import { Link } from "react-router";
import { useI18n } from "../../../i18n";
import { useMay } from "../../../shared/lib/session";
import { DataTable } from "../../../shared/ui/DataTable";
import { Empty } from "../../../shared/ui/Empty";
import { Failure } from "../../../shared/ui/Failure";
import { Icon } from "../../../shared/ui/Icon";
import { Loading } from "../../../shared/ui/Loading";
import { Page } from "../../../shared/ui/Page";
import { Added } from "./Added";
import { LastMessage, SuccessRate } from "./Activity";
import { useWebhooks } from "./api/listWebhooks";
import { CreateWebhook } from "./CreateWebhook";
import { OnOff } from "./OnOff";

export default function WebhooksPage() {
  const { t } = useI18n();
  const may = useMay();
  const webhooks = useWebhooks();
  const [adding, setAdding] = useState(false);
  const add = may("changeWebhooks") && (
    <Button leftSection={<Icon name="plus" />} onClick={() => setAdding(true)}>
      {t("webhooks.add")}
    </Button>
  );
  return (
    <Page title={t("webhooks.title")} lead={t("webhooks.lead")} actions={add}>
      <Failure error={webhooks.error} retry={() => void webhooks.refetch()} />
      <Card withBorder padding={0}>
        {webhooks.isPending && <Loading rows={4} height={28} />}
        {webhooks.data?.length === 0 && <Empty title={t("webhooks.empty")} hint={t("webhooks.emptyHint")} />}
        {webhooks.data && webhooks.data.length > 0 && <WebhookTable webhooks={webhooks.data} />}
      </Card>
      {adding && <CreateWebhook onClose={() => setAdding(false)} />}
    </Page>
  );
}

function WebhookTable({ webhooks }: { webhooks: readonly WebhookDto[] }) {
  const { t } = useI18n();
  return (
    <DataTable
      label={t("webhooks.title")}
      columns={[
        t("webhooks.url"),
        t("webhooks.events"),
        t("webhooks.state"),
        t("webhooks.success"),
        t("webhooks.last"),
        t("webhooks.created"),
      ]}
      rows={webhooks.map((webhook) => ({
        key: webhook.id,
        cells: [
          <Address key="url" webhook={webhook} />,
          <Events key="events" types={webhook.events} />,
          <OnOff key="state" enabled={webhook.enabled} />,
          <SuccessRate key="success" activity={webhook.activity} />,
          <LastMessage key="last" activity={webhook.activity} />,
          <Added key="created" webhook={webhook} />,
        ],
      }))}
    />
  );
}

function Address({ webhook }: { webhook: WebhookDto }) {
  return (
    <div>
      <Anchor size="sm" component={Link} to={`/admin/webhooks/${webhook.id}`}>
        {webhook.url}
      </Anchor>
      {webhook.description && (
        <Text size="xs" c="dimmed">
          {webhook.description}
        </Text>
      )}
    </div>
  );
}

function Events({ types }: { types: readonly string[] }) {
  const { t } = useI18n();
  const few = 3;
  return types.length === 0
    ? t("webhooks.allEvents")
    : types.length <= few
      ? types.join(", ")
      : t("webhooks.someEvents", { count: types.length });
}
