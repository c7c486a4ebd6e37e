import { Button, FileInput, Group, Modal, Stack, Table, Text } from "@mantine/core";
import type { ImportReportDto } from "@roundtable/client";
import { useState } from "react";
import { useI18n } from "../../../i18n";
import { Failure } from "../../../shared/ui/Failure";
import { useImportUsers } from "./api/importUsers";

const limit = 10 * 1024 * 1024;

/** Tries a file first, shows what would come of it, and then brings it in. */
export function ImportUsers({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const [file, setFile] = useState<File | null>(null);
  const run = useImportUsers();
  const start = (dryRun: boolean) => {
    if (file) {
      const type = file.name.toLowerCase().endsWith(".csv") ? "text/csv" : "application/x-ndjson";
      run.mutate({ file: new Blob([file], { type }), dryRun });
    }
  };
  const report = run.data;
  const tooLarge = (file?.size ?? 0) > limit;
  return (
    <Modal opened onClose={onClose} title={t("import.title")} size="xl" closeButtonProps={{ "aria-label": t("close") }}>
      <Stack>
        <Text size="sm">{t("import.text")}</Text>
        <FileInput
          label={t("import.file")} placeholder={t("import.choose")} accept=".csv,.ndjson,.jsonl,text/csv,application/x-ndjson" value={file} error={tooLarge && t("error.payload_too_large")} data-autofocus
          clearable clearButtonProps={{ "aria-label": t("clear") }} onChange={(f) => { setFile(f); run.reset(); }}
        />
        <Failure error={run.error} />
        {report && <Report report={report} />}
        <Group justify="flex-end">
          <Button variant="default" disabled={!file || tooLarge} loading={run.isPending && run.variables.dryRun} onClick={() => start(true)}>{t("import.try")}</Button>
          <Button disabled={!file || tooLarge || !report?.dryRun} loading={run.isPending && !run.variables.dryRun} onClick={() => start(false)}>{t("import.action")}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function Report({ report }: { report: ImportReportDto }) {
  const { t, lookup } = useI18n();
  return (
    <>
      <Text role="status" fw={600}>{t(report.dryRun ? "import.wouldBe" : "import.done", { total: report.total, created: report.created, skipped: report.skipped, failed: report.failed })}</Text>
      {report.rows.length > 0 && (
        <Table.ScrollContainer minWidth={480} mah={320} type="native" tabIndex={0}>
          <Table>
            <Table.Thead><Table.Tr><Table.Th>{t("import.line")}</Table.Th><Table.Th>{t("email")}</Table.Th><Table.Th>{t("import.outcome")}</Table.Th><Table.Th>{t("import.why")}</Table.Th></Table.Tr></Table.Thead>
            <Table.Tbody>
              {report.rows.slice(0, 500).map((row) => (
                <Table.Tr key={row.line}><Table.Td>{row.line}</Table.Td><Table.Td>{row.email ?? "–"}</Table.Td><Table.Td>{t(`import.${row.outcome}`)}</Table.Td><Table.Td>{row.detail ?? (row.code && (lookup(`error.${row.code}`) ?? row.code))}</Table.Td></Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </>
  );
}
