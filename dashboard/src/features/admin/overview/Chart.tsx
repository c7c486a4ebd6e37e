import "@mantine/charts/styles.css";
import { AreaChart, BarChart } from "@mantine/charts";
import { Chip, Group, VisuallyHidden } from "@mantine/core";
import type { StatsDto } from "@roundtable/client";
import { useState } from "react";
import { useI18n } from "../../../i18n";
import { useFormat } from "../../../shared/lib/format";
import { Section } from "../../../shared/ui/Section";
import { allOf, methods } from "./signIns";

const pictures = ["signIns", "active", "signUps", "mails"] as const;
const colours = { magicLink: "indigo.7", password: "teal.7", passkey: "orange.7", external: "grape.7" } as const;

/** One picture at a time, sign-ins first; its numbers are a table for screen readers. */
export function Chart({ stats }: { stats: StatsDto }) {
  const { t } = useI18n();
  const format = useFormat();
  const [picture, setPicture] = useState<string>("signIns");
  const data = stats.days.map((d) => ({ ...d, ...d.signIns, date: format.day(d.date) }));
  const common = {
    h: 280,
    data,
    dataKey: "date",
    withLegend: true,
    valueFormatter: format.number,
    textColor: "light-dark(#374151, #c9c9c9)",
    xAxisProps: { minTickGap: 24 },
    yAxisProps: { allowDecimals: false },
  } as const;
  const series = (
    ...names: readonly [name: "signUps" | "bans" | "activeUsers" | "activeSessions" | "emailsSent" | "emailsFailed", color: string][]
  ) => names.map(([name, color]) => ({ name, label: t(`stats.${name}`), color }));
  return (
    <Section
      title={t("stats.byDay")}
      aside={
        <Chip.Group value={picture} onChange={(value) => setPicture(String(value))}>
          <Group gap={6} role="radiogroup" aria-label={t("stats.picture")}>
            {pictures.map((value) => (
              <Chip key={value} value={value} size="sm" variant="outline">
                {t(`stats.picture.${value}`)}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      }
    >
      {picture === "signIns" && (
        <BarChart {...common} type="stacked" series={methods.map((m) => ({ name: m, label: t(`method.${m}`), color: colours[m] }))} />
      )}
      {picture === "active" && (
        <AreaChart {...common} curveType="monotone" series={series(["activeUsers", "indigo.7"], ["activeSessions", "teal.7"])} />
      )}
      {picture === "signUps" && <BarChart {...common} series={series(["signUps", "indigo.7"], ["bans", "red.7"])} />}
      {picture === "mails" && <BarChart {...common} type="stacked" series={series(["emailsSent", "teal.7"], ["emailsFailed", "red.7"])} />}
      <VisuallyHidden>
        <table>
          <caption>{t("stats.table")}</caption>
          <thead>
            <tr>
              {[t("stats.day"), t("stats.signIns"), ...methods.map((m) => t(`method.${m}`)), ...columns.map((c) => t(`stats.${c}`))].map(
                (h) => (
                  <th key={h} scope="col">
                    {h}
                  </th>
                ),
              )}
            </tr>
          </thead>
          <tbody>
            {data.map((d) => (
              <tr key={d.date}>
                <th scope="row">{d.date}</th>
                {[allOf(d.signIns), ...methods.map((m) => d.signIns[m]), ...columns.map((c) => d[c])].map((n, i) => (
                  <td key={i}>{n}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </VisuallyHidden>
    </Section>
  );
}

const columns = ["signUps", "activeUsers", "activeSessions", "bans", "emailsSent", "emailsFailed"] as const;
