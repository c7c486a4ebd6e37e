import { Anchor, Group, SimpleGrid, Stack, Text } from "@mantine/core";
import type { UserDto } from "@roundtable/client";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { useI18n } from "../../../i18n";
import { useKeys } from "../../../shared/apiKeys/keyRequests";
import { stateOf } from "../../../shared/apiKeys/keyState";
import { useDeviceName } from "../../../shared/lib/device";
import { useMay } from "../../../shared/lib/session";
import { Failure } from "../../../shared/ui/Failure";
import { Loading } from "../../../shared/ui/Loading";
import { Section } from "../../../shared/ui/Section";
import { When } from "../../../shared/ui/When";
import { useAudit } from "../audit/api/listAudit";
import { useEmails } from "../emails/api/listEmails";
import { SendStatus } from "../emails/SendStatus";
import { useUserSessions } from "./api/listUserSessions";
import { userKeys } from "./api/userKeys";
import { UserLogins } from "./UserLogins";

const few = 5;

/** The newest of everything about a user, a line each. */
export function UserOverview({ user }: { user: UserDto }) {
  const may = useMay();
  return (
    <Stack gap="lg">
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="lg">
        {may("listSessions") && <Devices id={user.id} />}
        {may("readAudit") && <Activity id={user.id} />}
        {may("readEmails") && <Mails id={user.id} />}
        {may("listApiKeys") && <Keys id={user.id} />}
      </SimpleGrid>
      <UserLogins user={user} />
    </Stack>
  );
}

function Devices({ id }: { id: string }) {
  const { t } = useI18n();
  const name = useDeviceName();
  const sessions = useUserSessions(id);
  return (
    <Glance
      title={t("devices.title")}
      tab="devices"
      empty={t("user.noSessions")}
      query={sessions}
      lines={sessions.data?.map((s) => ({
        key: s.id,
        what: name(s.device),
        note: [t(`method.${s.method}`), s.ipAddress].filter(Boolean).join(" · "),
        at: s.lastSeenAt,
      }))}
    />
  );
}

function Activity({ id }: { id: string }) {
  const { t, lookup } = useI18n();
  // The tab's request, so that both share one answer.
  const audit = useAudit({ subject: id }, 20);
  return (
    <Glance
      title={t("activity.title")}
      tab="activity"
      empty={t("activity.empty")}
      query={audit}
      lines={audit.data?.pages[0]?.items.map((e) => ({
        key: e.id,
        what: lookup(`action.${e.action}`) ?? e.action,
        at: e.createdAt,
        note: e.actor?.email ?? e.actor?.name ?? t("audit.nobody"),
      }))}
    />
  );
}

function Mails({ id }: { id: string }) {
  const { t, lookup } = useI18n();
  const mails = useEmails({ userId: id }, 10);
  return (
    <Glance
      title={t("stats.mails")}
      tab="mails"
      empty={t("emails.empty")}
      query={mails}
      lines={mails.data?.pages[0]?.items.map((m) => ({
        key: m.id,
        what: lookup(`mail.${m.template}`) ?? m.template,
        note: m.to,
        at: m.createdAt,
        state: <SendStatus status={m.status} failed={{ what: "mail", ...m }} />,
      }))}
    />
  );
}

function Keys({ id }: { id: string }) {
  const { t } = useI18n();
  const keys = useKeys(userKeys(id));
  return (
    <Glance
      title={t("apiKeys.title")}
      tab="keys"
      empty={t("apiKeys.empty")}
      query={keys}
      lines={keys.data?.pages[0]?.items.map((k) => ({
        key: k.id,
        what: k.name,
        note: `${t(`apiKeys.${stateOf(k)}`)} · ${k.prefix}…`,
        at: k.lastUsedAt,
      }))}
    />
  );
}

interface Props {
  title: string;
  /** Where all of them are. */
  tab: string;
  empty: string;
  query: { error: Error | null; isPending: boolean; refetch: () => unknown };
  lines: readonly { key: string; what: string; note: string; state?: ReactNode; at: string | null }[] | undefined;
}

function Glance({ title, tab, empty, query, lines }: Props) {
  const { t } = useI18n();
  return (
    <Section title={title}>
      <Failure error={query.error} retry={() => void query.refetch()} />
      {query.isPending && <Loading rows={3} />}
      {lines?.length === 0 && (
        <Text size="sm" c="dimmed">
          {empty}
        </Text>
      )}
      {lines && lines.length > 0 && (
        <Stack component="ul" gap="xs" m={0} p={0} style={{ listStyle: "none" }}>
          {lines.slice(0, few).map((line) => (
            <Group component="li" key={line.key} justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
              <div style={{ minWidth: 0, overflowWrap: "anywhere" }}>
                <Text size="sm">{line.what}</Text>
                <Group gap="xs">
                  <Text size="xs" c="dimmed">
                    {line.note}
                  </Text>
                  {line.state}
                </Group>
              </div>
              <Text size="xs" c="dimmed" ta="end">
                <When at={line.at} />
              </Text>
            </Group>
          ))}
        </Stack>
      )}
      <Anchor component={Link} size="sm" to={`?tab=${tab}`} aria-label={t("user.allOf", { what: title })}>
        {t("user.all")}
      </Anchor>
    </Section>
  );
}
