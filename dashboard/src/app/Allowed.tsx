import type { ReactNode } from "react";
import { useI18n } from "../i18n";
import { type Access, useMay } from "../shared/lib/session";
import { Empty } from "../shared/ui/Empty";
import { Page } from "../shared/ui/Page";

/** A page for users with the permission; others see a message, without an API request. */
export function Allowed({ to, children }: { to: Access; children: ReactNode }) {
  const { t } = useI18n();
  return useMay()(to) ? (
    children
  ) : (
    <Page title={t("forbidden.title")}>
      <Empty title={t("error.forbidden")} hint={t("forbidden.hint")} />
    </Page>
  );
}
