import { useI18n } from "../../../i18n";
import { useFormat } from "../../../shared/lib/format";
import { Failure } from "../../../shared/ui/Failure";
import { Loading } from "../../../shared/ui/Loading";
import { Page } from "../../../shared/ui/Page";
import { useStatistics } from "./api/getStatistics";
import { Chart } from "./Chart";
import { Checklist } from "./Checklist";
import { Methods } from "./Methods";
import { Numbers } from "./Numbers";
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
      {stats.data && (
        <>
          <Numbers stats={stats.data} />
          <Chart stats={stats.data} />
          <Methods stats={stats.data} />
        </>
      )}
    </Page>
  );
}
