import { Button, Menu, Text } from "@mantine/core";
import type { ExportFormat } from "@roundtable/client";
import { useState } from "react";
import { useI18n } from "../../../i18n";
import { useFormat } from "../../../shared/lib/format";
import { useMay } from "../../../shared/lib/session";
import { Icon } from "../../../shared/ui/Icon";
import { Page } from "../../../shared/ui/Page";
import { useExportUsers } from "./api/exportUsers";
import { BulkBar } from "./BulkBar";
import { CreateUser } from "./CreateUser";
import { ImportUsers } from "./ImportUsers";
import { UserFilters } from "./UserFilters";
import { type Selection, UserTable } from "./UserTable";
import { useUserFilter } from "./useUserFilter";

export default function UsersPage() {
  const { t } = useI18n();
  const may = useMay();
  const format = useFormat();
  const state = useUserFilter();
  const [total, setTotal] = useState<number | null>(null);
  const [selected, setSelected] = useState<Selection>(new Map());
  const dialog = state.query.get("dialog");
  const setDialog = (name: "create" | "import" | null) => state.set({ dialog: name }, true);
  const save = useExportUsers();
  const exportAs = (format: ExportFormat) => save.mutate({ name: `users.${format}`, format, filter: state.filter, expected: total });
  return (
    <Page
      title={t("users.title")}
      actions={
        <>
          {may("exportUsers") && (
            <Menu position="bottom-end">
              <Menu.Target>
                <Button variant="default">{t("export.title")}</Button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item onClick={() => exportAs("csv")}>CSV</Menu.Item>
                <Menu.Item onClick={() => exportAs("ndjson")}>NDJSON</Menu.Item>
              </Menu.Dropdown>
            </Menu>
          )}
          {may("importUsers") && (
            <Button variant="default" onClick={() => setDialog("import")}>
              {t("import.action")}
            </Button>
          )}
          {may("createUser") && (
            <Button leftSection={<Icon name="plus" />} onClick={() => setDialog("create")}>
              {t("create.title")}
            </Button>
          )}
        </>
      }
    >
      <UserFilters state={state} />
      <BulkBar selected={selected} onSelect={setSelected} />
      <Text size="sm" c="dimmed" role="status" aria-live="polite">
        {total === null ? t("loading") : total === 1 ? t("users.one") : t("users.count", { count: format.number(total) })}
      </Text>
      <UserTable key={JSON.stringify(state.filter)} state={state} onTotal={setTotal} selected={selected} onSelect={setSelected} />
      {dialog === "create" && may("createUser") && <CreateUser onClose={() => setDialog(null)} />}
      {dialog === "import" && may("importUsers") && <ImportUsers onClose={() => setDialog(null)} />}
    </Page>
  );
}
