import { useI18n } from "../../i18n";
import { KeySection } from "../../shared/apiKeys/KeySection";
import { useSignedIn } from "../../shared/lib/session";
import { Page } from "../../shared/ui/Page";
import { ownKeys } from "./api/apiKeys";

export default function ApiKeysPage() {
  const { t } = useI18n();
  const { session, permissions } = useSignedIn();
  return (
    <Page title={t("apiKeys.title")} lead={t("apiKeys.lead")}>
      <KeySection
        title={t("apiKeys.own")}
        text={t("apiKeys.ownText")}
        hint={t("apiKeys.emptyHint")}
        requests={ownKeys}
        scopes={["me:read", "me:write", ...permissions]}
        write={!session.impersonatedBy}
      />
    </Page>
  );
}
