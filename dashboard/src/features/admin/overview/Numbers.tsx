import { Anchor, Card, SimpleGrid, Text } from "@mantine/core";
import type { StatsDto } from "@roundtable/client";
import { Link } from "react-router";
import { useI18n } from "../../../i18n";
import { useFormat } from "../../../shared/lib/format";
import { useMay } from "../../../shared/lib/session";
import { Change } from "./Change";
import { allOf } from "./signIns";

const dayMs = 86_400_000;

/** The period's numbers, each with its change and the list behind it, if the caller may see that. */
export function Numbers({ stats }: { stats: StatsDto }) {
  const { t } = useI18n();
  const may = useMay();
  const format = useFormat();
  const { totals, previous, now } = stats;
  const days = new URLSearchParams({ createdFrom: stats.from, createdTo: stats.to });
  // The statistics have UTC days, the audit log's fields the user's time.
  const end = new Date(Date.parse(stats.to) + dayMs).toISOString();
  const audit = (action: string) =>
    may("readAudit") ? `/admin/audit?${new URLSearchParams({ action, from: format.field(stats.from), to: format.field(end) })}` : undefined;
  const mails = (status: string) => (may("readEmails") ? `/admin/emails?status=${status}` : undefined);
  const users = may("listUsers");
  const seen = users ? `/admin/users?${new URLSearchParams({ sort: "lastSeenAt", lastSeenFrom: stats.from })}` : undefined;
  return (
    <>
      <SimpleGrid cols={{ base: 2, lg: 4 }} component="dl" m={0}>
        <Figure label={t("stats.signIns")} now={allOf(totals.signIns)} before={allOf(previous.signIns)} to={audit("session.created")} big />
        <Figure
          label={t("stats.signUps")}
          now={totals.signUps}
          before={previous.signUps}
          to={users ? `/admin/users?${days}` : undefined}
          big
        />
        <Figure label={t("stats.mostActiveUsers")} now={totals.mostActiveUsers} before={previous.mostActiveUsers} to={seen} big />
        <Figure
          label={t("stats.failedSignIns")}
          now={totals.failedSignIns}
          before={previous.failedSignIns}
          to={audit("signIn.failed")}
          big
        />
      </SimpleGrid>
      <SimpleGrid cols={{ base: 2, sm: 3, lg: 6 }} component="dl" m={0} spacing="sm">
        <Figure label={t("stats.users")} now={now.users} to={users ? "/admin/users" : undefined} />
        <Figure label={t("stats.sessions")} now={now.sessions} to={users ? "/admin/users?sort=lastSeenAt" : undefined} />
        <Figure
          label={t("stats.mostActiveSessions")}
          now={totals.mostActiveSessions}
          before={previous.mostActiveSessions}
          to={audit("session.created")}
        />
        <Figure label={t("stats.bans")} now={totals.bans} before={previous.bans} to={audit("user.banned")} />
        <Figure label={t("stats.emailsSent")} now={totals.emailsSent} before={previous.emailsSent} to={mails("sent")} />
        <Figure label={t("stats.emailsFailed")} now={totals.emailsFailed} before={previous.emailsFailed} to={mails("failed")} />
      </SimpleGrid>
    </>
  );
}

interface Props {
  label: string;
  now: number;
  before?: number;
  to: string | undefined;
  big?: boolean;
}

function Figure({ label, now, before, to, big = false }: Props) {
  const { t } = useI18n();
  const number = useFormat().number(now);
  return (
    <Card withBorder padding={big ? "md" : "sm"}>
      <Text size={big ? "sm" : "xs"} c="dimmed" component="dt">
        {label}
      </Text>
      <Text fz={big ? 32 : 20} fw={700} lh={1.2} component="dd" m={0}>
        {to ? (
          <Anchor inherit component={Link} to={to} aria-label={t("stats.open", { label, number })}>
            {number}
          </Anchor>
        ) : (
          number
        )}
      </Text>
      <dd style={{ margin: 0 }}>
        {before === undefined ? (
          <Text size="xs" c="dimmed">
            {t("stats.now")}
          </Text>
        ) : (
          <Change now={now} before={before} />
        )}
      </dd>
    </Card>
  );
}
