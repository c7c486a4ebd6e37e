import { Anchor, Group, Text } from "@mantine/core";
import { useI18n } from "../../../i18n";
import { base } from "../../../shared/lib/base";
import { Failure } from "../../../shared/ui/Failure";
import { Loading } from "../../../shared/ui/Loading";
import { Page } from "../../../shared/ui/Page";
import { Section } from "../../../shared/ui/Section";
import { useHealth } from "./api/getHealth";
import { Checklist } from "../overview/Checklist";
import { Findings } from "./Findings";
import { HealthBadge, HealthTable } from "./HealthTable";

export default function SystemPage() {
  const { t } = useI18n();
  const health = useHealth();
  return (
    <Page title={t("system.title")} lead={t("system.lead")}>
      <Failure error={health.error} retry={() => void health.refetch()} />
      {health.isPending && <Loading rows={6} />}
      {health.data && (
        <Section
          title={t("system.health")}
          text={t("system.healthText", { milliseconds: health.data.milliseconds })}
          aside={<HealthBadge state={health.data.health.status} />}
        >
          <HealthTable label={t("system.health")} checks={health.data.health.checks} />
        </Section>
      )}
      <Findings />
      <Checklist always />
      <Section title={t("system.api")} text={t("system.apiText")}>
        <Group>
          <Anchor href={`${base}/docs`}>{t("system.docs")}</Anchor>
          <Anchor href={`${base}/openapi/v1.json`}>{t("system.document")}</Anchor>
        </Group>
        <Text size="sm" c="dimmed">
          {window.location.origin}
          {base}
        </Text>
      </Section>
    </Page>
  );
}
