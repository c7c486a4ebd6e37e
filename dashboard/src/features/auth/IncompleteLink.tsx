import { Text } from "@mantine/core";
import { useI18n } from "../../i18n";
import { SignedOutPage } from "../../shared/ui/SignedOutPage";

/** For an address that lost what stands behind the #. */
export function IncompleteLink() {
  const { t } = useI18n();
  return (
    <SignedOutPage title={t("link.incomplete")}>
      <Text>{t("link.incompleteText")}</Text>
    </SignedOutPage>
  );
}
