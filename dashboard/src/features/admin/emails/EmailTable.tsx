import { Button } from "@mantine/core";
import type { OutboxMailDto } from "@roundtable/client";
import { useI18n } from "../../../i18n";
import { useMay } from "../../../shared/lib/session";
import { say } from "../../../shared/lib/toasts";
import { DataTable } from "../../../shared/ui/DataTable";
import { Failure } from "../../../shared/ui/Failure";
import { When } from "../../../shared/ui/When";
import { useRetryEmail } from "./api/retryEmail";
import { SendStatus } from "./SendStatus";

/** Mails and their status, never their content. */
export function EmailTable({ mails }: { mails: readonly OutboxMailDto[] }) {
  const { t, lookup } = useI18n();
  const may = useMay();
  const retry = useRetryEmail();
  const again = (mail: OutboxMailDto) =>
    may("retryEmail") &&
    (mail.status === "failed" || mail.status === "pending") && (
      <Button key="retry" size="xs" variant="default" onClick={() => retry.mutate(mail.id, { onSuccess: () => say(t("emails.retried")) })}>
        {t("emails.retry")}
      </Button>
    );
  return (
    <>
      <Failure error={retry.error} />
      <DataTable
        label={t("stats.mails")}
        columns={[t("emails.created"), t("emails.to"), t("emails.template"), t("emails.status"), t("emails.attempts"), ""]}
        rows={mails.map((mail) => ({
          key: mail.id,
          cells: [
            <When key="when" at={mail.createdAt} exact />,
            mail.to,
            lookup(`mail.${mail.template}`) ?? mail.template,
            <SendStatus key="status" status={mail.status} lastError={mail.lastError} />,
            mail.attempts,
            again(mail),
          ],
        }))}
      />
    </>
  );
}
