import { Anchor, Button, Checkbox, Text } from "@mantine/core";
import type { OutboxMailDto } from "@roundtable/client";
import { Link } from "react-router";
import { useI18n } from "../../../i18n";
import { useMay } from "../../../shared/lib/session";
import { say } from "../../../shared/lib/toasts";
import { DataTable } from "../../../shared/ui/DataTable";
import { Failure } from "../../../shared/ui/Failure";
import { When } from "../../../shared/ui/When";
import { useRetryEmail } from "./api/retryEmail";
import { SendStatus } from "./SendStatus";

export const isRetriable = (mail: OutboxMailDto) => mail.status === "failed" || mail.status === "pending";

interface Props {
  mails: readonly OutboxMailDto[];
  /** The ids of the mails chosen for a retry; absent where none can be. */
  chosen?: ReadonlySet<string>;
  onChoose?: (chosen: ReadonlySet<string>) => void;
  /** The address of the list of one user's mails; absent where only those are listed. */
  listOf?: (userId: string) => string;
}

/** Mails, why they were sent and their status, never their content. */
export function EmailTable({ mails, chosen, onChoose, listOf }: Props) {
  const { t } = useI18n();
  const may = useMay();
  const retry = useRetryEmail();
  const again = (mail: OutboxMailDto) =>
    may("retryEmail") &&
    isRetriable(mail) && (
      <Button key="retry" size="xs" variant="default" onClick={() => retry.mutate(mail.id, { onSuccess: () => say(t("emails.retried")) })}>
        {t("emails.retry")}
      </Button>
    );
  const choice = (mail: OutboxMailDto) =>
    isRetriable(mail) && (
      <Checkbox
        key="choice"
        aria-label={t("emails.chooseOne", { to: mail.to })}
        checked={chosen?.has(mail.id) ?? false}
        onChange={(e) => {
          const after = new Set(chosen);
          if (e.currentTarget.checked) {
            after.add(mail.id);
          } else {
            after.delete(mail.id);
          }

          onChoose?.(after);
        }}
      />
    );
  return (
    <>
      <Failure error={retry.error} />
      <DataTable
        label={t("stats.mails")}
        columns={[
          ...(onChoose ? [t("emails.choice")] : []),
          t("emails.created"),
          t("emails.to"),
          t("emails.template"),
          t("emails.status"),
          t("emails.attempts"),
          "",
        ]}
        rows={mails.map((mail) => ({
          key: mail.id,
          cells: [
            ...(onChoose ? [choice(mail)] : []),
            <When key="when" at={mail.createdAt} exact />,
            <Recipient key="to" mail={mail} list={mail.userId === null ? undefined : listOf?.(mail.userId)} />,
            <Reason key="reason" template={mail.template} />,
            <SendStatus key="status" status={mail.status} failed={{ what: "mail", ...mail }} />,
            mail.attempts,
            again(mail),
          ],
        }))}
      />
    </>
  );
}

function Recipient({ mail, list }: { mail: OutboxMailDto; list: string | undefined }) {
  const { t } = useI18n();
  const may = useMay();
  return list === undefined ? (
    mail.to
  ) : (
    <div style={{ minWidth: "9rem" }}>
      {may("seeUser") ? (
        <Anchor size="sm" component={Link} to={`/admin/users/${mail.userId}`}>
          {mail.to}
        </Anchor>
      ) : (
        mail.to
      )}
      <div>
        <Anchor size="xs" c="dimmed" component={Link} to={list} aria-label={t("emails.onlyOne", { to: mail.to })}>
          {t("emails.only")}
        </Anchor>
      </div>
    </div>
  );
}

function Reason({ template }: { template: string }) {
  const { lookup } = useI18n();
  const why = lookup(`mailWhy.${template}`);
  return (
    <div>
      {lookup(`mail.${template}`) ?? template}
      {why && (
        <Text size="xs" c="dimmed">
          {why}
        </Text>
      )}
    </div>
  );
}
