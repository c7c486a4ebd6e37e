import { Anchor, Group, Text } from "@mantine/core";
import { Link, useParams } from "react-router";
import { useI18n } from "../../../i18n";
import { useMay } from "../../../shared/lib/session";
import { Failure } from "../../../shared/ui/Failure";
import { Loading } from "../../../shared/ui/Loading";
import { Page } from "../../../shared/ui/Page";
import { Portrait } from "../../../shared/ui/Portrait";
import { Section } from "../../../shared/ui/Section";
import { When } from "../../../shared/ui/When";
import { useUser } from "./api/getUser";
import { BanSection } from "./BanSection";
import { EditSection } from "./EditSection";
import { RolesSection } from "./RolesSection";
import { UserActions } from "./UserActions";
import { UserActivity } from "./UserActivity";
import { UserLogins } from "./UserLogins";
import { UserMails } from "./UserMails";
import { UserSessions } from "./UserSessions";
import { UserStatus } from "./UserStatus";

export default function UserPage() {
  const { t } = useI18n();
  const id = useParams()["id"] ?? "";
  const may = useMay();
  const query = useUser(id);
  if (!query.data) {
    return (
      <Page title={t("user.title")}>
        {query.error ? <Failure error={query.error} retry={() => void query.refetch()} /> : <Loading rows={8} />}
      </Page>
    );
  }

  const { user, version } = query.data;
  return (
    <Page title={user.name} lead={<Anchor component={Link} to="/admin/users">{t("user.back")}</Anchor>} actions={<UserActions user={user} />}>
      <Section title={t("user.summary")}>
        <Group gap="md" align="flex-start">
          <Portrait name={user.name} image={user.image} />
          <div style={{ flex: "1 1 220px", minWidth: 0 }}>
            <Text fw={600} style={{ overflowWrap: "anywhere" }}>{user.email}</Text>
            <Group gap="xs" mt={4}><UserStatus user={user} /></Group>
            <Text size="sm" c="dimmed" mt={8}>
              {t("user.created")} <When at={user.createdAt} /> · {t("user.seen")} <When at={user.lastSeenAt} /> · {t("user.twoFactor")}: {user.twoFactorEnabled ? t("on") : t("off")}
            </Text>
          </div>
        </Group>
      </Section>
      {may("updateUser") && <EditSection key={`edit-${id}`} user={user} version={version} />}
      <RolesSection key={`roles-${id}`} user={user} version={version} />
      {may("banUser") && <BanSection user={user} />}
      <UserLogins user={user} />
      {may("listSessions") && <UserSessions user={user} />}
      {may("readEmails") && <UserMails id={user.id} />}
      {may("readAudit") && <UserActivity id={user.id} />}
    </Page>
  );
}
