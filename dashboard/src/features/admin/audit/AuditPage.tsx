import { Alert, Button, Card, Group, Menu, Stack, Switch, VisuallyHidden } from "@mantine/core";
import { useState } from "react";
import { useI18n } from "../../../i18n";
import { Failure } from "../../../shared/ui/Failure";
import { Page } from "../../../shared/ui/Page";
import { ActionFilter } from "./ActionFilter";
import { useExportAudit } from "./api/exportAudit";
import { useVerifyAudit } from "./api/verifyAudit";
import { Entries } from "./Entries";
import { PeriodFilter } from "./PeriodFilter";
import { PersonFilter } from "./PersonFilter";
import { useAuditFilter } from "./useAuditFilter";

export default function AuditPage() {
  const { t } = useI18n();
  const state = useAuditFilter();
  const [follows, setFollows] = useState(false);
  const verify = useVerifyAudit();
  const save = useExportAudit();
  const following = follows && !state.hasEnd;
  return (
    <Page
      title={t("audit.title")}
      lead={t("audit.lead")}
      actions={
        <>
          <Button variant="default" loading={verify.isPending} onClick={() => verify.mutate()}>
            {t("audit.verify")}
          </Button>
          <Menu position="bottom-end">
            <Menu.Target>
              <Button variant="default" loading={save.isPending}>
                {t("audit.export")}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Label>{t("audit.exportHint")}</Menu.Label>
              <Menu.Item onClick={() => save.mutate({ filter: state.filter, format: "csv" })}>CSV</Menu.Item>
              <Menu.Item onClick={() => save.mutate({ filter: state.filter, format: "ndjson" })}>NDJSON</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </>
      }
    >
      <Failure error={verify.error} />
      {verify.data && (
        <Alert color={verify.data.valid ? "teal" : "red"} role="status">
          {verify.data.valid ? t("audit.valid", { count: verify.data.checked }) : t("audit.broken", { count: verify.data.checked })}
          {verify.data.removedDays > 0 && ` ${t("audit.removedDays", { count: verify.data.removedDays })}`}
        </Alert>
      )}
      <Card withBorder padding="md" component="section" aria-label={t("filter.title")}>
        <Stack gap="sm">
          <PeriodFilter state={state} />
          <Group gap="sm" align="flex-end">
            <PersonFilter state={state} />
            <ActionFilter value={state.filter.action} onChange={state.setAction} />
            {state.filtered && (
              <Button variant="default" onClick={state.clear}>
                {t("filter.clear")}
              </Button>
            )}
          </Group>
          <VisuallyHidden role="status">{following ? t("audit.following") : ""}</VisuallyHidden>
          <Switch
            label={t("audit.follow")}
            description={state.hasEnd ? t("audit.followEnded") : undefined}
            checked={following}
            disabled={state.hasEnd}
            onChange={(e) => setFollows(e.currentTarget.checked)}
          />
        </Stack>
      </Card>
      <Entries key={JSON.stringify(state.filter)} filter={state.filter} follows={following} />
    </Page>
  );
}
