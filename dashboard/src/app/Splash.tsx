import { Center, Loader } from "@mantine/core";
import { useI18n } from "../i18n";

/** Shown until the first page is there. */
export function Splash() {
  const { t } = useI18n();
  return (
    <Center mih="100dvh">
      <Loader aria-label={t("loading")} role="status" />
    </Center>
  );
}
