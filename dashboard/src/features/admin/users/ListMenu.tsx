import { Button, Menu } from "@mantine/core";
import { useI18n } from "../../../i18n";
import { Icon } from "../../../shared/ui/Icon";
import type { Density, SettingsState } from "./useSettings";
import { columnNames, type UserFilterState } from "./useUserFilter";

const densities: readonly Density[] = ["compact", "comfortable"];

/** How the list looks: its columns, and how high its rows are; and which keys it knows. */
export function ListMenu({ state, settings, onHelp }: { state: UserFilterState; settings: SettingsState; onHelp: () => void }) {
  const { t } = useI18n();
  const { columns, set } = state;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<Icon name="columns" />} visibleFrom="sm">
          {t("users.look")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t("users.columns")}</Menu.Label>
        {columnNames.map((name) => (
          <Menu.CheckboxItem
            key={name}
            checked={columns.includes(name)}
            onChange={(checked) =>
              set({ columns: columnNames.filter((c) => (c === name ? checked : columns.includes(c))).join(",") || "none" })
            }
          >
            {t(`users.column.${name}`)}
          </Menu.CheckboxItem>
        ))}
        <Menu.Divider />
        <Menu.Label>{t("users.density")}</Menu.Label>
        <Menu.RadioGroup value={settings.density}>
          {densities.map((density) => (
            <Menu.RadioItem key={density} value={density} onChange={() => settings.set({ density })}>
              {t(`users.density.${density}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item onClick={onHelp}>{t("keys.title")}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
