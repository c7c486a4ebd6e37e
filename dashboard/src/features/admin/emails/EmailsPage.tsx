import { Badge, Button, Card, Select, Table, Text } from "@mantine/core";
import type { OutboxMailDto, OutboxStatus } from "@roundtable/client";
import { useSearchParams } from "react-router";
import { useI18n } from "../../../i18n";
import { useMay } from "../../../shared/lib/session";
import { say } from "../../../shared/lib/toasts";
import { Empty } from "../../../shared/ui/Empty";
import { Failure } from "../../../shared/ui/Failure";
import { Loading } from "../../../shared/ui/Loading";
import { LoadMore } from "../../../shared/ui/LoadMore";
import { Page } from "../../../shared/ui/Page";
import { When } from "../../../shared/ui/When";
import { useEmails } from "./api/listEmails";
import { useRetryEmail } from "./api/retryEmail";

const statuses: readonly OutboxStatus[] = ["pending", "sending", "sent", "failed"];
const colors = { pending: "yellow", sending: "indigo", sent: "teal", failed: "red" } as const;

export default function EmailsPage() {
  const { t } = useI18n();
  const may = useMay();
  const [query, setQuery] = useSearchParams();
  const status = statuses.find((s) => s === query.get("status"));
  const emails = useEmails(status);
  const retry = useRetryEmail();
  const items = emails.data?.pages.flatMap((p) => p.items) ?? [];
  return (
    <Page
      title={t("emails.title")} lead={t("emails.lead")}
      actions={<Select aria-label={t("emails.status")} placeholder={t("emails.all")} clearable clearButtonProps={{ "aria-label": t("clear") }} value={status ?? null} data={statuses.map((value) => ({ value, label: t(`emails.${value}`) }))} onChange={(value) => setQuery(value ? { status: value } : {})} />}
    >
      <Failure error={emails.error ?? retry.error} retry={() => void emails.refetch()} />
      <Card withBorder padding={0}>
        {emails.isPending && <Loading rows={8} height={28} />}
        {emails.isSuccess && items.length === 0 && <Empty title={t("emails.empty")} />}
        {items.length > 0 && (
          <Table.ScrollContainer minWidth={640} type="native" tabIndex={0}>
            <Table verticalSpacing="sm">
              <Table.Thead>
                <Table.Tr><Table.Th>{t("emails.created")}</Table.Th><Table.Th>{t("emails.to")}</Table.Th><Table.Th>{t("emails.template")}</Table.Th><Table.Th>{t("emails.status")}</Table.Th><Table.Th>{t("emails.attempts")}</Table.Th><Table.Td /></Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {items.map((mail) => <Row key={mail.id} mail={mail} {...(may("emails:retry") ? { onRetry: () => retry.mutate(mail.id, { onSuccess: () => say(t("emails.retried")) }) } : {})} />)}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )}
      </Card>
      <LoadMore more={emails.hasNextPage} pending={emails.isFetchingNextPage} onMore={() => void emails.fetchNextPage()} />
    </Page>
  );
}

function Row({ mail, onRetry }: { mail: OutboxMailDto; onRetry?: () => void }) {
  const { t } = useI18n();
  return (
    <Table.Tr>
      <Table.Td style={{ whiteSpace: "nowrap" }}><When at={mail.createdAt} exact /></Table.Td>
      <Table.Td>{mail.to}</Table.Td>
      <Table.Td>{mail.template}</Table.Td>
      <Table.Td>
        <Badge variant="dot" color={colors[mail.status]}>{t(`emails.${mail.status}`)}</Badge>
        {mail.lastError && <Text size="xs" c="dimmed">{mail.lastError}</Text>}
      </Table.Td>
      <Table.Td>{mail.attempts}</Table.Td>
      <Table.Td ta="right">{onRetry && (mail.status === "failed" || mail.status === "pending") && <Button size="xs" variant="default" onClick={onRetry}>{t("emails.retry")}</Button>}</Table.Td>
    </Table.Tr>
  );
}
