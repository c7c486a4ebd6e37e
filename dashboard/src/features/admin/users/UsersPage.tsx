import { Button, Group, Menu, Stack, Text } from "@mantine/core";
import type { ExportFormat } from "@roundtable/client";
import { useRef, useState } from "react";
import { useI18n } from "../../../i18n";
import { useFormat } from "../../../shared/lib/format";
import { useMay } from "../../../shared/lib/session";
import { Icon } from "../../../shared/ui/Icon";
import { Page } from "../../../shared/ui/Page";
import { useExportUsers } from "./api/exportUsers";
import { BulkBar, useMayBulk } from "./BulkBar";
import { BulkReport } from "./BulkReport";
import { CreateUser } from "./CreateUser";
import { FilterChips } from "./FilterChips";
import { ImportUsers } from "./ImportUsers";
import { ListMenu } from "./ListMenu";
import { Shortcuts } from "./Shortcuts";
import { UserFilters } from "./UserFilters";
import { UserTable } from "./UserTable";
import { usePageKeys } from "./usePageKeys";
import { useSelection } from "./useSelection";
import { useSettings } from "./useSettings";
import { useUserFilter } from "./useUserFilter";
import { ViewMenu } from "./ViewMenu";

type DialogName = "create" | "import" | "bulk";

export default function UsersPage() {
  const { t } = useI18n();
  const may = useMay();
  const mayBulk = useMayBulk();
  const format = useFormat();
  const state = useUserFilter();
  const settings = useSettings();
  const selection = useSelection(state.filter);
  const [total, setTotal] = useState<number | null>(null);
  const [help, setHelp] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  const find = () => {
    search.current?.focus();
    search.current?.select();
  };
  usePageKeys({ "/": find, "?": () => setHelp(true) }, settings.singleKeys);
  const dialog = state.query.get("dialog");
  const setDialog = (name: DialogName | null) => state.set({ dialog: name }, true);
  const close = () => setDialog(null);
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
      <Stack gap="xs">
        <Group gap="sm" align="flex-end">
          <UserFilters state={state} search={search} />
          <ViewMenu state={state} />
          <ListMenu state={state} settings={settings} onHelp={() => setHelp(true)} />
        </Group>
        <Group gap="xs" mih={26}>
          <Text size="sm" c="dimmed" role="status" aria-live="polite">
            {total === null ? t("loading") : total === 1 ? t("users.one") : t("users.count", { count: format.number(total) })}
          </Text>
          <FilterChips state={state} />
        </Group>
        <BulkBar selection={selection} state={state} total={total} />
        <UserTable
          key={`${settings.density} ${JSON.stringify(state.filter)}`}
          state={state}
          settings={settings}
          onTotal={setTotal}
          selection={mayBulk ? selection : undefined}
        />
      </Stack>
      {dialog === "create" && may("createUser") && <CreateUser onClose={close} />}
      {dialog === "import" && may("importUsers") && <ImportUsers onClose={close} />}
      {dialog === "bulk" && mayBulk && <BulkReport onClose={close} />}
      {help && <Shortcuts settings={settings} onClose={() => setHelp(false)} />}
    </Page>
  );
}
