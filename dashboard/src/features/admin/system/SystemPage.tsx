import { Anchor, Badge, Group, Text } from "@mantine/core";
import { useI18n } from "../../../i18n";
import { DataTable } from "../../../shared/ui/DataTable";
import { Failure } from "../../../shared/ui/Failure";
import { Loading } from "../../../shared/ui/Loading";
import { Page } from "../../../shared/ui/Page";
import { Section } from "../../../shared/ui/Section";
import { useHealth } from "./api/getHealth";

export default function SystemPage() {
  const { t, lookup } = useI18n();
  const health = useHealth();
  const healthy = health.data?.health.status === "healthy";
  return (
    <Page title={t("system.title")} lead={t("system.lead")}>
      <Failure error={health.error} retry={() => void health.refetch()} />
      {health.isPending && <Loading rows={3} />}
      {health.data && (
        <Section
          title={t("system.health")} text={t("system.healthText", { milliseconds: health.data.milliseconds })}
          aside={<Badge variant="dot" color={healthy ? "teal" : "red"} size="lg">{healthy ? t("system.healthy") : t("system.unhealthy")}</Badge>}
        >
          <DataTable
            label={t("system.health")} columns={[t("system.check"), t("system.result")]}
            rows={Object.entries(health.data.health.checks).map(([name, text]) => ({ key: name, cells: [lookup(`check.${name}`) ?? name, text === null ? t("system.ok") : (lookup(`checkText.${text}`) ?? text)] }))}
          />
        </Section>
      )}
      <Section title={t("system.api")} text={t("system.apiText")}>
        <Group>
          <Anchor href="/docs">{t("system.docs")}</Anchor>
          <Anchor href="/openapi/v1.json">{t("system.document")}</Anchor>
        </Group>
        <Text size="sm" c="dimmed">{window.location.origin}</Text>
      </Section>
    </Page>
  );
}
