import { Anchor, Button, Card, Text } from "@mantine/core";
import type { ServiceAccountDto } from "@roundtable/client";
import { useState } from "react";
import { Link } from "react-router";
import { useI18n } from "../../../i18n";
import { useMay } from "../../../shared/lib/session";
import { DataTable } from "../../../shared/ui/DataTable";
import { Empty } from "../../../shared/ui/Empty";
import { Failure } from "../../../shared/ui/Failure";
import { Icon } from "../../../shared/ui/Icon";
import { Loading } from "../../../shared/ui/Loading";
import { LoadMore } from "../../../shared/ui/LoadMore";
import { Page } from "../../../shared/ui/Page";
import { When } from "../../../shared/ui/When";
import { AccountState } from "./AccountState";
import { useAccounts } from "./api/listAccounts";
import { CreateAccount } from "./CreateAccount";

export default function ServiceAccountsPage() {
  const { t } = useI18n();
  const may = useMay();
  const accounts = useAccounts();
  const [adding, setAdding] = useState(false);
  const items = accounts.data?.pages.flatMap((p) => p.items) ?? [];
  const add = may("changeServiceAccounts") && (
    <Button leftSection={<Icon name="plus" />} onClick={() => setAdding(true)}>
      {t("serviceAccounts.add")}
    </Button>
  );
  return (
    <Page title={t("serviceAccounts.title")} lead={t("serviceAccounts.lead")} actions={add}>
      <Failure error={accounts.error} retry={() => void accounts.refetch()} />
      <Card withBorder padding={0}>
        {accounts.isPending && <Loading rows={4} height={28} />}
        {accounts.isSuccess && items.length === 0 && <Empty title={t("serviceAccounts.empty")} hint={t("serviceAccounts.emptyHint")} />}
        {items.length > 0 && (
          <DataTable
            label={t("serviceAccounts.title")}
            columns={[t("name"), t("roles.title"), t("serviceAccounts.contact"), t("apiKeys.state"), t("user.created")]}
            rows={items.map((account) => ({
              key: account.id,
              cells: [
                <Name key="name" account={account} />,
                account.roles.join(", ") || t("serviceAccounts.noRoles"),
                account.contactEmail,
                <AccountState key="state" disabled={account.disabled} />,
                <When key="created" at={account.createdAt} exact />,
              ],
            }))}
          />
        )}
      </Card>
      <LoadMore more={accounts.hasNextPage} pending={accounts.isFetchingNextPage} onMore={() => void accounts.fetchNextPage()} />
      {adding && <CreateAccount onClose={() => setAdding(false)} />}
    </Page>
  );
}

function Name({ account }: { account: ServiceAccountDto }) {
  return (
    <div>
      <Anchor size="sm" component={Link} to={`/admin/service-accounts/${account.id}`}>
        {account.name}
      </Anchor>
      {account.description && (
        <Text size="xs" c="dimmed">
          {account.description}
        </Text>
      )}
    </div>
  );
}
