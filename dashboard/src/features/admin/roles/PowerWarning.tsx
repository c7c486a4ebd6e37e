import { Text } from "@mantine/core";
import { useI18n } from "../../../i18n";
import type { Powerful } from "../../../shared/lib/permissions";
import classes from "./PowerWarning.module.css";

/** What a powerful permission makes possible. */
export function PowerWarning({ permission }: { permission: Powerful }) {
  const { t } = useI18n();
  return (
    <Text span size="xs" className={classes.warning}>
      {t(`power.${permission}`)}
    </Text>
  );
}
