import { Badge } from "@mantine/core";
import { useI18n } from "../../../i18n";

export function OnOff({ enabled }: { enabled: boolean }) {
  const { t } = useI18n();
  return (
    <Badge variant="dot" color={enabled ? "teal" : "gray.6"}>
      {enabled ? t("on") : t("off")}
    </Badge>
  );
}
