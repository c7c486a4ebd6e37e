import { Text } from "@mantine/core";
import { useState } from "react";
import { useI18n } from "../../../i18n";
import { useFormat } from "../../../shared/lib/format";
import { Page } from "../../../shared/ui/Page";
import { UserFilters } from "./UserFilters";
import { UserTable } from "./UserTable";
import { useUserFilter } from "./useUserFilter";

export default function UsersPage() {
  const { t } = useI18n();
  const format = useFormat();
  const state = useUserFilter();
  const [total, setTotal] = useState<number | null>(null);
  return (
    <Page title={t("users.title")}>
      <UserFilters state={state} />
      <Text size="sm" c="dimmed" role="status" aria-live="polite">{total === null ? t("loading") : total === 1 ? t("users.one") : t("users.count", { count: format.number(total) })}</Text>
      <UserTable key={JSON.stringify(state.filter)} state={state} onTotal={setTotal} />
    </Page>
  );
}
