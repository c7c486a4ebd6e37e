import { useI18n } from "../../i18n";
import { useSignedIn } from "../../shared/lib/session";
import { Failure } from "../../shared/ui/Failure";
import { Loading } from "../../shared/ui/Loading";
import { Page } from "../../shared/ui/Page";
import { Section } from "../../shared/ui/Section";
import { useMe } from "./api/getMe";
import { PictureSection } from "./PictureSection";
import { ProfileForm } from "./ProfileForm";

export default function ProfilePage() {
  const { t } = useI18n();
  const { user } = useSignedIn();
  const me = useMe();
  return (
    <Page title={t("profile.title")} lead={user.email}>
      {me.data && <PictureSection user={me.data.user} />}
      <Section title={t("profile.about")} text={t("profile.aboutText")}>
        {me.data ? (
          <ProfileForm user={me.data.user} version={me.data.version} reload={me.refetch} />
        ) : me.error ? (
          <Failure error={me.error} retry={() => void me.refetch()} />
        ) : (
          <Loading rows={6} height={36} />
        )}
      </Section>
    </Page>
  );
}
