import { Text } from "@mantine/core";
import { useI18n } from "../../i18n";
import { SignedOutPage } from "../../shared/ui/SignedOutPage";

/** Shown for a URL without the part after the #. */
export function IncompleteLink() {
  const { t } = useI18n();
  return (
    <SignedOutPage title={t("link.incomplete")}>
      <Text>{t("link.incompleteText")}</Text>
    </SignedOutPage>
  );
}
