import { Badge } from "@mantine/core";
import { useI18n } from "../../../i18n";

export function AccountState({ disabled }: { disabled: boolean }) {
  const { t } = useI18n();
  return (
    <Badge variant="dot" color={disabled ? "gray.6" : "teal"}>
      {disabled ? t("serviceAccounts.disabled") : t("serviceAccounts.active")}
    </Badge>
  );
}
