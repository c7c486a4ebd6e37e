import type { StatsDto } from "@roundtable/client";
import { useI18n } from "../../../i18n";
import { useFormat } from "../../../shared/lib/format";
import { DataTable } from "../../../shared/ui/DataTable";
import { Section } from "../../../shared/ui/Section";
import { Change } from "./Change";
import { allOf, methods } from "./signIns";

export function Methods({ stats: { totals, previous } }: { stats: StatsDto }) {
  const { t } = useI18n();
  const format = useFormat();
  const all = allOf(totals.signIns);
  return (
    <Section title={t("stats.signInsByMethod")}>
      <DataTable
        label={t("stats.signInsByMethod")}
        columns={[t("stats.method"), t("stats.signIns"), t("stats.share"), t("stats.change")]}
        rows={methods.map((m) => ({
          key: m,
          cells: [
            t(`method.${m}`),
            format.number(totals.signIns[m]),
            format.percent(all === 0 ? 0 : totals.signIns[m] / all),
            <Change key="change" now={totals.signIns[m]} before={previous.signIns[m]} />,
          ],
        }))}
      />
    </Section>
  );
}
