import { Text } from "@mantine/core";
import { useI18n } from "../../../i18n";
import type { Powerful } from "../../../shared/lib/permissions";

/** What a powerful permission makes possible. */
export function PowerWarning({ permission }: { permission: Powerful }) {
  const { t } = useI18n();
  return (
    <Text span display="block" size="xs" c="var(--mantine-color-orange-light-color)">
      {t(`power.${permission}`)}
    </Text>
  );
}
