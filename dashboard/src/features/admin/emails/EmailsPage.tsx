import { Card, Select } from "@mantine/core";
import type { OutboxStatus } from "@roundtable/client";
import { useI18n } from "../../../i18n";
import { isOneOf, useAddress } from "../../../shared/lib/address";
import { Empty } from "../../../shared/ui/Empty";
import { Failure } from "../../../shared/ui/Failure";
import { Loading } from "../../../shared/ui/Loading";
import { LoadMore } from "../../../shared/ui/LoadMore";
import { Page } from "../../../shared/ui/Page";
import { useEmails } from "./api/listEmails";
import { EmailTable } from "./EmailTable";

const statuses: readonly OutboxStatus[] = ["pending", "sending", "sent", "failed"];

export default function EmailsPage() {
  const { t } = useI18n();
  const [query, setQuery] = useAddress({ status: isOneOf(statuses) });
  const status = statuses.find((s) => s === query.get("status"));
  const emails = useEmails({ status });
  const items = emails.data?.pages.flatMap((p) => p.items) ?? [];
  return (
    <Page
      title={t("emails.title")}
      lead={t("emails.lead")}
      actions={
        <Select
          aria-label={t("emails.status")}
          placeholder={t("emails.all")}
          clearable
          clearButtonProps={{ "aria-label": t("clear") }}
          value={status ?? null}
          data={statuses.map((value) => ({ value, label: t(`emails.${value}`) }))}
          onChange={(value) => setQuery(value ? { status: value } : {})}
        />
      }
    >
      <Failure error={emails.error} retry={() => void emails.refetch()} />
      <Card withBorder padding={0}>
        {emails.isPending && <Loading rows={8} height={28} />}
        {emails.isSuccess && items.length === 0 && <Empty title={t("emails.empty")} />}
        {items.length > 0 && <EmailTable mails={items} />}
      </Card>
      <LoadMore more={emails.hasNextPage} pending={emails.isFetchingNextPage} onMore={() => void emails.fetchNextPage()} />
    </Page>
  );
}
