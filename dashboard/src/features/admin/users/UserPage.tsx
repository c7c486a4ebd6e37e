import { Grid, Stack, Tabs } from "@mantine/core";
import type { UserDto } from "@roundtable/client";
import { useParams } from "react-router";
import { useI18n } from "../../../i18n";
import { useMay } from "../../../shared/lib/session";
import { BackLink } from "../../../shared/ui/BackLink";
import { Failure } from "../../../shared/ui/Failure";
import { Loading } from "../../../shared/ui/Loading";
import { Page } from "../../../shared/ui/Page";
import { useUser } from "./api/getUser";
import { BanSection } from "./BanSection";
import { EditSection } from "./EditSection";
import { RolesSection } from "./RolesSection";
import { UserActions } from "./UserActions";
import { UserActivity } from "./UserActivity";
import { UserKeys } from "./UserKeys";
import { UserMails } from "./UserMails";
import { UserOverview } from "./UserOverview";
import { UserSessions } from "./UserSessions";
import { UserLogins } from "./UserLogins";
import { UserSummary } from "./UserSummary";
import { useTab } from "./useTab";

export default function UserPage() {
  const { t } = useI18n();
  const id = useParams()["id"] ?? "";
  const may = useMay();
  const query = useUser(id);
  const back = <BackLink to="/admin/users" needs="listUsers" text={t("user.back")} />;
  if (!query.data) {
    return (
      <Page title={t("user.title")} lead={back}>
        {query.error ? <Failure error={query.error} retry={() => void query.refetch()} /> : <Loading rows={8} />}
      </Page>
    );
  }

  const { user, version } = query.data;
  return (
    <Page title={user.name} lead={back} actions={<UserActions key={id} user={user} />}>
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 4 }}>
          <Stack gap="lg">
            <UserSummary user={user} />
            {may("banUser") && <BanSection key={id} user={user} />}
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 8 }}>
          <Details key={id} user={user} version={version} />
        </Grid.Col>
      </Grid>
    </Page>
  );
}

function Details({ user, version }: { user: UserDto; version: string | undefined }) {
  const { t } = useI18n();
  const may = useMay();
  const overview = (["listSessions", "readAudit", "readEmails", "listApiKeys"] as const).some(may);
  const forms = (
    <Stack gap="lg">
      {may("updateUser") && <EditSection user={user} version={version} />}
      <RolesSection user={user} version={version} />
      {!overview && <UserLogins user={user} />}
    </Stack>
  );
  const tabs = {
    ...(overview ? { overview: { title: t("overview.title"), content: <UserOverview user={user} /> } } : {}),
    profile: { title: t("user.profileAndRoles"), content: forms },
    ...(may("listSessions") ? { devices: { title: t("devices.title"), content: <UserSessions user={user} /> } } : {}),
    ...(may("readAudit") ? { activity: { title: t("activity.title"), content: <UserActivity id={user.id} /> } } : {}),
    ...(may("readEmails") ? { mails: { title: t("stats.mails"), content: <UserMails id={user.id} /> } } : {}),
    ...(may("listApiKeys") ? { keys: { title: t("apiKeys.title"), content: <UserKeys id={user.id} /> } } : {}),
  };
  const [tab, open] = useTab(Object.keys(tabs) as [string, ...string[]]);
  return (
    <Tabs value={tab} onChange={open} activateTabWithKeyboard={false} keepMounted={false} keepMountedMode="display-none">
      <Tabs.List mb="lg" aria-label={t("user.parts")}>
        {Object.entries(tabs).map(([name, { title }]) => (
          <Tabs.Tab key={name} value={name}>
            {title}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {/* The forms stay, so that what is typed outlives a look at another tab. */}
      {Object.entries(tabs).map(([name, { content }]) => (
        <Tabs.Panel key={name} value={name} keepMounted={name === "profile"}>
          {content}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
