import { Card } from "@mantine/core";
import { useState } from "react";
import { useI18n } from "../../../i18n";
import { isId, isOneOf, useAddress } from "../../../shared/lib/address";
import { useMay } from "../../../shared/lib/session";
import { Empty } from "../../../shared/ui/Empty";
import { Failure } from "../../../shared/ui/Failure";
import { Loading } from "../../../shared/ui/Loading";
import { LoadMore } from "../../../shared/ui/LoadMore";
import { Page } from "../../../shared/ui/Page";
import { useEmails } from "./api/listEmails";
import { EmailFilters, statuses } from "./EmailFilters";
import { EmailTable, isRetriable } from "./EmailTable";
import { RetryBar } from "./RetryBar";

export default function EmailsPage() {
  const { t } = useI18n();
  const may = useMay();
  const [query, setQuery] = useAddress({ status: isOneOf(statuses), user: isId });
  const status = statuses.find((s) => s === query.get("status"));
  const userId = query.get("user") ?? undefined;
  const emails = useEmails({ status, userId });
  const items = emails.data?.pages.flatMap((p) => p.items) ?? [];
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  // Those that are on their way meanwhile are not chosen any more.
  const chosen = new Set(items.filter((m) => selected.has(m.id) && isRetriable(m)).map((m) => m.id));
  const set = (name: string, value: string | null) => {
    setSelected(new Set());
    setQuery((before) => {
      const after = new URLSearchParams(before);
      if (value) {
        after.set(name, value);
      } else {
        after.delete(name);
      }

      return after;
    });
  };
  return (
    <Page title={t("emails.title")} lead={t("emails.lead")}>
      <EmailFilters status={status} userId={userId} onStatus={(value) => set("status", value)} onEverybody={() => set("user", null)} />
      {may("retryEmail") && (
        <RetryBar
          status={status}
          userId={userId}
          chosen={chosen}
          onChoose={setSelected}
          addresses={new Map(items.map((m) => [m.id, m.to]))}
        />
      )}
      <Failure error={emails.error} retry={() => void emails.refetch()} />
      <Card withBorder padding={0}>
        {emails.isPending && <Loading rows={8} height={28} />}
        {emails.isSuccess && items.length === 0 && (
          <Empty title={t("emails.empty")} {...(status || userId ? { hint: t("filter.hint") } : {})} />
        )}
        {items.length > 0 && (
          <EmailTable
            mails={items}
            {...(userId ? {} : { listOf: (id) => `?${new URLSearchParams({ ...(status ? { status } : {}), user: id })}` })}
            {...(may("retryEmail") ? { chosen, onChoose: setSelected } : {})}
          />
        )}
      </Card>
      <LoadMore more={emails.hasNextPage} pending={emails.isFetchingNextPage} onMore={() => void emails.fetchNextPage()} />
    </Page>
  );
}
