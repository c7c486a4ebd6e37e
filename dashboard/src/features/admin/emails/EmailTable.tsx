import { Badge, Button, Table, Text } from "@mantine/core";
import type { OutboxMailDto } from "@roundtable/client";
import { useI18n } from "../../../i18n";
import { useMay } from "../../../shared/lib/session";
import { say } from "../../../shared/lib/toasts";
import { Failure } from "../../../shared/ui/Failure";
import { When } from "../../../shared/ui/When";
import { useRetryEmail } from "./api/retryEmail";

const colors = { pending: "yellow", sending: "indigo", sent: "teal", failed: "red" } as const;

/** Mails and how they fare; never what they say. */
export function EmailTable({ mails }: { mails: readonly OutboxMailDto[] }) {
  const { t } = useI18n();
  const may = useMay();
  const retry = useRetryEmail();
  return (
    <>
      <Failure error={retry.error} />
      <Table.ScrollContainer minWidth={640} type="native" tabIndex={0}>
        <Table verticalSpacing="sm">
          <Table.Thead>
            <Table.Tr><Table.Th>{t("emails.created")}</Table.Th><Table.Th>{t("emails.to")}</Table.Th><Table.Th>{t("emails.template")}</Table.Th><Table.Th>{t("emails.status")}</Table.Th><Table.Th>{t("emails.attempts")}</Table.Th><Table.Td /></Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {mails.map((mail) => <Row key={mail.id} mail={mail} {...(may("retryEmail") ? { onRetry: () => retry.mutate(mail.id, { onSuccess: () => say(t("emails.retried")) }) } : {})} />)}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </>
  );
}

function Row({ mail, onRetry }: { mail: OutboxMailDto; onRetry?: () => void }) {
  const { t, lookup } = useI18n();
  return (
    <Table.Tr>
      <Table.Td style={{ whiteSpace: "nowrap" }}><When at={mail.createdAt} exact /></Table.Td>
      <Table.Td>{mail.to}</Table.Td>
      <Table.Td>{lookup(`mail.${mail.template}`) ?? mail.template}</Table.Td>
      <Table.Td>
        <Badge variant="dot" color={colors[mail.status]}>{t(`emails.${mail.status}`)}</Badge>
        {mail.lastError && <Text size="xs" c="dimmed">{mail.lastError}</Text>}
      </Table.Td>
      <Table.Td>{mail.attempts}</Table.Td>
      <Table.Td ta="right">{onRetry && (mail.status === "failed" || mail.status === "pending") && <Button size="xs" variant="default" onClick={onRetry}>{t("emails.retry")}</Button>}</Table.Td>
    </Table.Tr>
  );
}
