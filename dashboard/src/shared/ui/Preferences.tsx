import { ActionIcon, Group, useMantineColorScheme } from "@mantine/core";
import { useI18n } from "../../i18n";
import { Icon } from "./Icon";

const following = { light: "dark", dark: "auto", auto: "light" } as const;

/** Buttons that cycle through the languages and colour schemes. Menus would add weight to the sign-in page. */
export function Preferences() {
  const { t, language, setLanguage } = useI18n();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const other = language === "en" ? "de" : "en";
  const theme = `${t("theme")}: ${t(`theme.${colorScheme}`)}`;
  return (
    <Group gap={4} wrap="nowrap">
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        lang={other}
        aria-label={t("language.other")}
        title={t("language.other")}
        onClick={() => setLanguage(other)}
      >
        <Icon name="language" />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={theme}
        title={theme}
        onClick={() => setColorScheme(following[colorScheme])}
      >
        <Icon name={colorScheme === "dark" ? "moon" : "sun"} />
      </ActionIcon>
    </Group>
  );
}
