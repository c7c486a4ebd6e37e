import "@mantine/charts/styles.css";
import { AreaChart, BarChart } from "@mantine/charts";
import { Card, SimpleGrid, Text, VisuallyHidden } from "@mantine/core";
import type { StatsDto } from "@roundtable/client";
import { useI18n } from "../../../i18n";
import { useFormat } from "../../../shared/lib/format";
import { Failure } from "../../../shared/ui/Failure";
import { Loading } from "../../../shared/ui/Loading";
import { Page } from "../../../shared/ui/Page";
import { Section } from "../../../shared/ui/Section";
import { useStatistics } from "./api/getStatistics";
import { Checklist } from "./Checklist";
import { Period } from "./Period";
import { usePeriod } from "./usePeriod";

export default function OverviewPage() {
  const { t } = useI18n();
  const format = useFormat();
  const period = usePeriod();
  const stats = useStatistics(period.from, period.to);
  const lead = t("overview.lead", { from: format.day(period.from), to: format.day(period.to) });
  return (
    <Page title={t("overview.title")} lead={lead} actions={<Period period={period} />}>
      <Checklist />
      <Failure error={stats.error} retry={() => void stats.refetch()} />
      {stats.isLoading && <Loading rows={4} height={90} />}
      {stats.data && <Figures stats={stats.data} />}
    </Page>
  );
}

function Figures({ stats }: { stats: StatsDto }) {
  const { t } = useI18n();
  const format = useFormat();
  const { totals } = stats;
  const signIns = totals.signIns.magicLink + totals.signIns.password + totals.signIns.passkey;
  const numbers = [
    [t("stats.signUps"), totals.signUps],
    [t("stats.signIns"), signIns],
    [t("stats.mostActiveUsers"), totals.mostActiveUsers],
    [t("stats.mostActiveSessions"), totals.mostActiveSessions],
    [t("stats.bans"), totals.bans],
    [t("stats.emailsSent"), totals.emailsSent],
    [t("stats.emailsFailed"), totals.emailsFailed],
  ] as const;
  const data = stats.days.map((d) => ({ ...d, ...d.signIns, date: format.day(d.date) }));
  const common = {
    h: 240,
    data,
    dataKey: "date",
    withLegend: true,
    valueFormatter: format.number,
    textColor: "light-dark(#374151, #c9c9c9)",
    xAxisProps: { minTickGap: 24 },
    yAxisProps: { allowDecimals: false },
  } as const;
  return (
    <>
      <SimpleGrid cols={{ base: 2, sm: 3, lg: 7 }} component="dl" m={0}>
        {numbers.map(([label, value]) => (
          <Card withBorder padding="md" key={label}>
            <Text size="xs" c="dimmed" component="dt">
              {label}
            </Text>
            <Text fz={26} fw={700} component="dd" m={0}>
              {format.number(value)}
            </Text>
          </Card>
        ))}
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, lg: 2 }}>
        <Section title={t("stats.signInsByMethod")}>
          <BarChart
            {...common}
            type="stacked"
            series={[
              { name: "magicLink", label: t("method.magicLink"), color: "indigo.7" },
              { name: "password", label: t("method.password"), color: "teal.7" },
              { name: "passkey", label: t("method.passkey"), color: "orange.7" },
            ]}
          />
        </Section>
        <Section title={t("stats.active")}>
          <AreaChart
            {...common}
            curveType="monotone"
            series={[
              { name: "activeUsers", label: t("stats.activeUsers"), color: "indigo.7" },
              { name: "activeSessions", label: t("stats.activeSessions"), color: "teal.7" },
            ]}
          />
        </Section>
        <Section title={t("stats.signUpsAndBans")}>
          <BarChart
            {...common}
            series={[
              { name: "signUps", label: t("stats.signUps"), color: "indigo.7" },
              { name: "bans", label: t("stats.bans"), color: "red.7" },
            ]}
          />
        </Section>
        <Section title={t("stats.mails")}>
          <BarChart
            {...common}
            type="stacked"
            series={[
              { name: "emailsSent", label: t("stats.emailsSent"), color: "teal.7" },
              { name: "emailsFailed", label: t("stats.emailsFailed"), color: "red.7" },
            ]}
          />
        </Section>
      </SimpleGrid>
      <VisuallyHidden>
        <table>
          <caption>{t("stats.table")}</caption>
          <thead>
            <tr>
              {[
                t("stats.day"),
                t("stats.signUps"),
                t("method.magicLink"),
                t("method.password"),
                t("method.passkey"),
                t("stats.activeUsers"),
                t("stats.bans"),
                t("stats.emailsSent"),
                t("stats.emailsFailed"),
              ].map((h) => (
                <th key={h} scope="col">
                  {h}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data.map((d) => (
              <tr key={d.date}>
                <th scope="row">{d.date}</th>
                {[d.signUps, d.magicLink, d.password, d.passkey, d.activeUsers, d.bans, d.emailsSent, d.emailsFailed].map((n, i) => (
                  <td key={i}>{n}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </VisuallyHidden>
    </>
  );
}
