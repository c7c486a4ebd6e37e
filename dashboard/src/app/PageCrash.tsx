import { Button, Text } from "@mantine/core";
import { useI18n } from "../i18n";
import { SignedOutPage } from "../shared/ui/SignedOutPage";

/** Shown when a page fails: because of a bug, or because its version was replaced while it was open. */
export function PageCrash() {
  const { t } = useI18n();
  return (
    <SignedOutPage title={t("crash.title")} back={false}>
      <Text>{t("crash.text")}</Text>
      <Button onClick={() => window.location.reload()}>{t("crash.reload")}</Button>
    </SignedOutPage>
  );
}
