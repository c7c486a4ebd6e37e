import { Button, Group, SegmentedControl, Text } from "@mantine/core";
import type { ImportOutcome, ImportReportDto, ImportRowDto } from "@roundtable/client";
import { useState } from "react";
import { useI18n } from "../../../i18n";
import { useReasonText } from "../../../shared/lib/errors";
import { useFormat } from "../../../shared/lib/format";
import { sayFailure } from "../../../shared/lib/toasts";
import { DataTable } from "../../../shared/ui/DataTable";
import { saveTable } from "./import/csv";

const shown = 200;
const outcomes: readonly ImportOutcome[] = ["failed", "skipped", "created"];

/** The result, or dry-run result, of each row: shown here or downloaded. */
export function ImportReport({ report, name }: { report: ImportReportDto; name: string }) {
  const { t, lookup } = useI18n();
  const format = useFormat();
  const reasonText = useReasonText();
  const [outcome, setOutcome] = useState<ImportOutcome | "">("");
  const count = (o: ImportOutcome) => report.rows.filter((r) => r.outcome === o).length;
  const rows = report.rows.filter((r) => outcome === "" || r.outcome === outcome);
  const why = (row: ImportRowDto) => {
    if (row.outcome === "skipped") {
      return t("import.twice");
    }

    const reason = row.reason && reasonText(row.reason);
    const column = row.field && (lookup(`import.target.${row.field}`) ?? row.field);
    return reason ? (column ? `${column}: ${reason}` : reason) : ((row.code && lookup(`error.${row.code}`)) ?? row.detail ?? "");
  };
  const save = () => {
    const lines = rows.map((r) => [r.line, r.email ?? "", t(`import.${r.outcome}`), why(r)]);
    const heading = [t("import.line"), t("email"), t("import.outcome"), t("import.why")];
    return saveTable(`import-report-${name.replace(/\.\w+$/, "")}.csv`, [heading, ...lines]);
  };
  return (
    <>
      <Text role="status" fw={600}>
        {t(report.dryRun ? "import.wouldBe" : "import.done", {
          total: report.total,
          created: report.created,
          skipped: report.skipped,
          failed: report.failed,
        })}
      </Text>
      {report.rows.length > 0 && (
        <>
          <Group justify="space-between">
            <SegmentedControl
              size="xs"
              aria-label={t("import.outcome")}
              value={outcome}
              onChange={setOutcome}
              data={[
                { value: "" as const, label: `${t("import.all")} (${format.number(report.rows.length)})` },
                ...outcomes
                  .filter((o) => count(o) > 0)
                  .map((value) => ({ value, label: `${t(`import.${value}`)} (${format.number(count(value))})` })),
              ]}
            />
            <Button size="xs" variant="default" onClick={() => void save().catch(sayFailure)}>
              {t("import.save")}
            </Button>
          </Group>
          <DataTable
            label={t("import.title")}
            maxHeight={320}
            columns={[t("import.line"), t("email"), t("import.outcome"), t("import.why")]}
            rows={rows
              .slice(0, shown)
              .map((row) => ({ key: row.line, cells: [row.line, row.email ?? "–", t(`import.${row.outcome}`), why(row)] }))}
          />
          {report.rowsOmitted > 0 && (
            <Text size="sm" c="dimmed">
              {t("import.omitted", { count: report.rowsOmitted })}
            </Text>
          )}
          {rows.length > shown && (
            <Text size="sm" c="dimmed">
              {t("import.more", { shown, count: rows.length })}
            </Text>
          )}
        </>
      )}
    </>
  );
}
