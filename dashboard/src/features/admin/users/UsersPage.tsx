import { Button, Menu, Text } from "@mantine/core";
import { useState } from "react";
import { useI18n } from "../../../i18n";
import { useFormat } from "../../../shared/lib/format";
import { useMay } from "../../../shared/lib/session";
import { Icon } from "../../../shared/ui/Icon";
import { Page } from "../../../shared/ui/Page";
import { BulkBar } from "./BulkBar";
import { CreateUser } from "./CreateUser";
import { ImportUsers } from "./ImportUsers";
import { UserFilters } from "./UserFilters";
import { UserTable } from "./UserTable";
import { useUserFilter } from "./useUserFilter";

export default function UsersPage() {
  const { t } = useI18n();
  const may = useMay();
  const format = useFormat();
  const state = useUserFilter();
  const [total, setTotal] = useState<number | null>(null);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [dialog, setDialog] = useState<"create" | "import" | null>(null);
  // Streamed to a file by the browser, which shows how far it is.
  const exportAddress = (kind: string) => {
    const query = new URLSearchParams({ format: kind });
    for (const [name, value] of Object.entries(state.filter)) {
      if (value !== undefined && name !== "sort" && name !== "order") {
        query.set(name, String(value));
      }
    }

    return `/api/v1/admin/users/export?${query}`;
  };
  return (
    <Page
      title={t("users.title")}
      actions={(
        <>
          {may("users:export") && (
            <Menu position="bottom-end">
              <Menu.Target><Button variant="default">{t("export.title")}</Button></Menu.Target>
              <Menu.Dropdown>
                <Menu.Item component="a" href={exportAddress("csv")} download="users.csv">CSV</Menu.Item>
                <Menu.Item component="a" href={exportAddress("ndjson")} download="users.ndjson">NDJSON</Menu.Item>
              </Menu.Dropdown>
            </Menu>
          )}
          {may("users:import") && <Button variant="default" onClick={() => setDialog("import")}>{t("import.action")}</Button>}
          {may("users:create") && <Button leftSection={<Icon name="plus" />} onClick={() => setDialog("create")}>{t("create.title")}</Button>}
        </>
      )}
    >
      <UserFilters state={state} />
      <BulkBar selected={selected} onClear={() => setSelected(new Set())} />
      <Text size="sm" c="dimmed" role="status" aria-live="polite">{total === null ? t("loading") : total === 1 ? t("users.one") : t("users.count", { count: format.number(total) })}</Text>
      <UserTable key={JSON.stringify(state.filter)} state={state} onTotal={setTotal} selected={selected} onSelect={setSelected} />
      {dialog === "create" && <CreateUser onClose={() => setDialog(null)} />}
      {dialog === "import" && <ImportUsers onClose={() => setDialog(null)} />}
    </Page>
  );
}
