import { Button, Group } from "@mantine/core";
import type { HealthCheckDto } from "@roundtable/client";
import { useI18n } from "../../../i18n";
import { useFormat } from "../../../shared/lib/format";
import { Failure } from "../../../shared/ui/Failure";
import { Loading } from "../../../shared/ui/Loading";
import { Section } from "../../../shared/ui/Section";
import { useCheckAgain, useFindings } from "./api/getFindings";
import { HealthBadge, HealthTable } from "./HealthTable";

const ranks = { unhealthy: 0, degraded: 1, healthy: 2 } as const;
const rank = (check: HealthCheckDto) => ranks[check.status];

/** What the command doctor finds, the worst first. */
export function Findings() {
  const { t } = useI18n();
  const format = useFormat();
  const findings = useFindings();
  const again = useCheckAgain();
  return (
    <Section
      title={t("system.findings")}
      text={findings.data ? t("system.findingsText", { time: format.dateTime(findings.data.checkedAt) }) : t("system.findingsRunning")}
      aside={
        <Group gap="sm">
          {findings.data && <HealthBadge state={findings.data.status} />}
          <Button variant="default" size="xs" loading={again.isPending} disabled={!findings.data} onClick={() => again.mutate()}>
            {t("system.checkAgain")}
          </Button>
        </Group>
      }
    >
      <Failure error={findings.error} retry={() => void findings.refetch()} />
      <Failure error={again.error} />
      {findings.isLoading && <Loading rows={6} />}
      {findings.data && <HealthTable label={t("system.findings")} checks={[...findings.data.checks].sort((a, b) => rank(a) - rank(b))} />}
    </Section>
  );
}
