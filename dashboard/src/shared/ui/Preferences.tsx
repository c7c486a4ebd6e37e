import { ActionIcon, Group, Menu, useMantineColorScheme } from "@mantine/core";
import { useI18n } from "../../i18n";
import { Icon } from "./Icon";

const names = { en: "English", de: "Deutsch" } as const;

/** Language and light or dark. */
export function Preferences() {
  const { t, language, setLanguage } = useI18n();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Group gap={4} wrap="nowrap">
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t("language")} title={t("language")}><Icon name="language" /></ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {(["en", "de"] as const).map((l) => (
            <Menu.Item key={l} lang={l} role="menuitemradio" aria-checked={l === language} fw={l === language ? 700 : 400} onClick={() => setLanguage(l)}>{names[l]}</Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t("theme")} title={t("theme")}><Icon name={colorScheme === "dark" ? "moon" : "sun"} /></ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {(["light", "dark", "auto"] as const).map((s) => (
            <Menu.Item key={s} role="menuitemradio" aria-checked={s === colorScheme} fw={s === colorScheme ? 700 : 400} onClick={() => setColorScheme(s)}>{t(`theme.${s}`)}</Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}
