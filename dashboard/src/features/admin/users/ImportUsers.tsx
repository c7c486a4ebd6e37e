import { Button, FileInput, Group, Stack, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import { useI18n } from "../../../i18n";
import { forgetFinished } from "../../../shared/lib/jobs";
import { Dialog } from "../../../shared/ui/Dialog";
import { Failure } from "../../../shared/ui/Failure";
import { useForgetImports, useImportUsers, useLastImport } from "./api/importUsers";
import { ImportReport } from "./ImportReport";
import { useFileFault } from "./useFileFault";

const limit = 10 * 1024 * 1024;

/** Runs a dry run first, shows its result, and then imports the file. Continues in the background when closed. */
export function ImportUsers({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const last = useLastImport();
  const forget = useForgetImports();
  const [chosen, setFile] = useState<File | null>(null);
  const run = useImportUsers();
  const file = chosen ?? last?.variables?.file ?? null;
  const running = last?.status === "pending";
  const cancelled = last?.error instanceof DOMException && last.error.name === "AbortError";
  const start = (dryRun: boolean) => {
    if (file) {
      run.mutate({ file, dryRun });
    }
  };
  const report = last?.status === "success" ? last.data : undefined;
  const faultOf = useFileFault();
  const unusable = file && (file.size === 0 ? t("import.noRows") : file.size > limit ? t("error.payload_too_large") : undefined);
  const fault = unusable || faultOf(last?.error ?? null);
  const fresh = report?.dryRun === true && report.created > 0;
  // The result is shown here.
  useEffect(() => {
    if (!running) {
      forgetFinished("import");
    }
  }, [running]);
  return (
    <Dialog onClose={onClose} title={t("import.title")} size="xl">
      <Stack>
        <Text size="sm">{t("import.text")}</Text>
        <FileInput
          label={t("import.file")}
          placeholder={t("import.choose")}
          accept=".csv,.ndjson,.jsonl,text/csv,application/x-ndjson"
          value={file}
          error={fault}
          disabled={running}
          data-autofocus
          clearable
          clearButtonProps={{ "aria-label": t("clear") }}
          onChange={(f) => {
            forget();
            setFile(f);
          }}
        />
        {running && (
          <Text size="sm" role="status">
            {t("import.running")}
          </Text>
        )}
        {!cancelled && !fault && <Failure error={last?.error} />}
        {report && <ImportReport report={report} />}
        <Group justify="flex-end">
          <Button
            variant="default"
            disabled={!file || Boolean(unusable) || running}
            loading={running && last.variables?.dryRun === true}
            onClick={() => start(true)}
          >
            {t("import.try")}
          </Button>
          <Button
            disabled={!file || Boolean(unusable) || !fresh}
            loading={running && last.variables?.dryRun === false}
            onClick={() => start(false)}
          >
            {t("import.action")}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
