import { useI18n } from "../../i18n";
import { useSignedIn } from "../../shared/lib/session";
import { Empty } from "../../shared/ui/Empty";
import { Page } from "../../shared/ui/Page";
import { EmailSection } from "./EmailSection";
import { LoginSection } from "./LoginSection";
import { PasskeySection } from "./PasskeySection";
import { PasswordSection } from "./PasswordSection";
import { TwoFactorSection } from "./TwoFactorSection";

export default function SecurityPage() {
  const { t } = useI18n();
  const { session } = useSignedIn();
  return (
    <Page title={t("security.title")} lead={t("security.lead")}>
      {session.impersonatedBy ? (
        <Empty title={t("error.not_while_impersonating")} />
      ) : (
        <>
          <PasswordSection />
          <TwoFactorSection />
          <PasskeySection />
          <LoginSection />
          <EmailSection />
        </>
      )}
    </Page>
  );
}
