import { Button, Group, Stack, Text } from "@mantine/core";
import { useEffect } from "react";
import { useI18n } from "../../../i18n";
import { useErrorText } from "../../../shared/lib/errors";
import { forgetFinished } from "../../../shared/lib/jobs";
import { sayFailure } from "../../../shared/lib/toasts";
import { DataTable } from "../../../shared/ui/DataTable";
import { Dialog } from "../../../shared/ui/Dialog";
import { Failure } from "../../../shared/ui/Failure";
import { saveTable } from "./import/csv";
import { type BulkFailure, type BulkReport as Report, useLastBulk } from "./api/bulkMatching";

const shown = 200;

/** The result of the latest action on all users that matched. */
export function BulkReport({ onClose }: { onClose: () => void }) {
  const { t, lookup } = useI18n();
  const last = useLastBulk();
  const report = last?.status === "success" ? last.data : undefined;
  const finished = report !== undefined;
  // The result is shown here.
  useEffect(() => {
    if (finished) {
      forgetFinished("bulk");
    }
  }, [finished]);
  const why = (failure: BulkFailure) => lookup(`error.${failure.code}`) ?? failure.code;
  const save = (failures: readonly BulkFailure[]) =>
    saveTable("bulk-report.csv", [
      ["id", t("email"), "code", t("import.why")],
      ...failures.map((f) => [f.id, f.email ?? "", f.code, why(f)]),
    ]);
  return (
    <Dialog onClose={onClose} title={last?.variables?.name ?? t("bulk.report")} size="xl">
      <Stack>
        {!report && !last?.error && <Text size="sm">{t(last ? "bulk.running" : "bulk.noReport")}</Text>}
        <Failure error={last?.error} />
        {report && <Outcome report={report} />}
        {report && report.failures.length > 0 && (
          <>
            <DataTable
              label={t("bulk.failures")}
              maxHeight={320}
              columns={[t("email"), t("import.why")]}
              rows={report.failures.slice(0, shown).map((f) => ({ key: f.id, cells: [f.email ?? f.id, why(f)] }))}
            />
            {report.failures.length > shown && (
              <Text size="sm" c="dimmed">
                {t("import.more", { shown, count: report.failures.length })}
              </Text>
            )}
          </>
        )}
        <Group justify="flex-end">
          {report && report.failures.length > 0 && (
            <Button variant="default" onClick={() => void save(report.failures).catch(sayFailure)}>
              {t("import.save")}
            </Button>
          )}
          <Button onClick={onClose} data-autofocus>
            {t("close")}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

function Outcome({ report }: { report: Report }) {
  const { t } = useI18n();
  const errorText = useErrorText();
  const { done, total, succeeded, failed, error } = report;
  const cancelled = error instanceof DOMException && error.name === "AbortError";
  return (
    <div role="status">
      <Text fw={600}>{t("bulk.result", { succeeded, failed })}</Text>
      {error && (
        <Text size="sm">
          {report.code
            ? t("bulk.stopped", { done, total, why: errorText(error) })
            : t(cancelled ? "bulk.cancelled" : "bulk.cut", { done, total })}
        </Text>
      )}
    </div>
  );
}
