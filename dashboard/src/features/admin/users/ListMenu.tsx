import { Button, Checkbox, Menu, Radio } from "@mantine/core";
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
    <Menu closeOnItemClick={false} position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<Icon name="columns" />} visibleFrom="sm">
          {t("users.look")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t("users.columns")}</Menu.Label>
        {columnNames.map((name) => (
          <Menu.Item
            key={name}
            role="menuitemcheckbox"
            aria-checked={columns.includes(name)}
            leftSection={<Checkbox.Indicator checked={columns.includes(name)} />}
            onClick={() =>
              set({ columns: columnNames.filter((c) => (c === name ? !columns.includes(c) : columns.includes(c))).join(",") || "none" })
            }
          >
            {t(`users.column.${name}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>{t("users.density")}</Menu.Label>
        {densities.map((density) => (
          <Menu.Item
            key={density}
            role="menuitemradio"
            aria-checked={settings.density === density}
            leftSection={<Radio.Indicator checked={settings.density === density} />}
            onClick={() => settings.set({ density })}
          >
            {t(`users.density.${density}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item closeMenuOnClick onClick={onHelp}>
          {t("keys.title")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
