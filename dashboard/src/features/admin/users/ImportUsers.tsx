import { Anchor, Button, Group, Stack, Text, Title } from "@mantine/core";
import { useEffect, useState } from "react";
import { useI18n } from "../../../i18n";
import { forgetFinished } from "../../../shared/lib/jobs";
import { sayFailure } from "../../../shared/lib/toasts";
import { useUnsaved } from "../../../shared/lib/unsaved";
import { Dialog } from "../../../shared/ui/Dialog";
import { Failure } from "../../../shared/ui/Failure";
import { limit, TooLargeError, useForgetImports, useImportUsers, useLastImport } from "./api/importUsers";
import { ColumnMapping } from "./import/ColumnMapping";
import { CsvError } from "./import/csv";
import { FileDrop } from "./import/FileDrop";
import { ImportPreview } from "./import/ImportPreview";
import { downloadTemplate } from "./import/template";
import { isCsv, usePlan } from "./import/usePlan";
import { ImportReport } from "./ImportReport";
import { useFileFault } from "./useFileFault";

/** Shows a file and what its columns become, tries it, and then imports it. Continues in the background when closed. */
export function ImportUsers({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const last = useLastImport();
  const forget = useForgetImports();
  const [chosen, setFile] = useState<File | null>(null);
  const run = useImportUsers();
  const file = chosen ?? last?.variables?.file ?? null;
  const running = last?.status === "pending";
  const cancelled = last?.error instanceof DOMException && last.error.name === "AbortError";
  const { plan, sample, fields, fieldsAreKnown, targets, setTargets, ...state } = usePlan(file, chosen ? undefined : last?.variables?.plan);
  const [mapping, setMapping] = useState(false);
  // Once it was tried, the file and its columns are there again.
  const leave = useUnsaved("import", chosen !== null && !last);
  const start = (dryRun: boolean) => {
    if (file) {
      run.mutate({ file, dryRun, plan });
    }
  };
  // A trial of other columns says nothing about these.
  const change = (next: typeof targets) => {
    forget();
    setFile(file);
    setTargets(next);
  };
  const report = last?.status === "success" ? last.data : undefined;
  const fault = useFault(file, last?.error ?? null);
  const unusable = !file || isUnusable(file) || state.isOpen;
  const fresh = report?.dryRun === true && report.created > 0;
  // The result is shown here.
  useEffect(() => {
    if (!running) {
      forgetFinished("import");
    }
  }, [running]);
  return (
    <Dialog onClose={() => leave(onClose)} title={t("import.title")} size="xl">
      <Stack>
        <Text size="sm">
          {t("import.text")}{" "}
          <Anchor
            component="button"
            type="button"
            size="sm"
            disabled={!fieldsAreKnown}
            onClick={() => void downloadTemplate(fields).catch(sayFailure)}
          >
            {t("import.template")}
          </Anchor>
        </Text>
        <FileDrop
          file={file}
          error={fault}
          disabled={running}
          onChange={(f) => {
            forget();
            setMapping(false);
            setFile(f);
          }}
        />
        <Failure error={state.error} />
        {sample && sample.rows.length > 0 && !report && (
          <>
            <Group justify="space-between">
              <Title order={3} size="sm">
                {t("import.preview")}
              </Title>
              {state.isPlain && !state.isOpen && !mapping && (
                <Button size="compact-sm" variant="subtle" onClick={() => setMapping(true)}>
                  {t("import.changeColumns")}
                </Button>
              )}
            </Group>
            <ImportPreview sample={sample} targets={targets} fields={fields} />
          </>
        )}
        {sample && !report && (!state.isPlain || state.isOpen || mapping) && (
          <ColumnMapping
            sample={sample}
            targets={targets}
            fields={fields}
            disabled={running}
            onChange={(next) => {
              setMapping(true);
              change(next);
            }}
          />
        )}
        {running && (
          <Text size="sm" role="status">
            {t("import.running")}
          </Text>
        )}
        {!cancelled && !fault && <Failure error={last?.error} />}
        {report && <ImportReport report={report} name={file?.name ?? ""} />}
        <Group justify="flex-end">
          {report && sample && (
            <Button variant="subtle" mr="auto" onClick={() => change(targets)}>
              {t("import.backToColumns")}
            </Button>
          )}
          <Button
            variant="default"
            disabled={unusable || running}
            loading={running && last.variables?.dryRun === true}
            onClick={() => start(true)}
          >
            {t("import.try")}
          </Button>
          <Button disabled={unusable || !fresh} loading={running && last.variables?.dryRun === false} onClick={() => start(false)}>
            {t("import.action")}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

// Rewriting a CSV file may make it small enough.
const isUnusable = (file: File) => file.size === 0 || (!isCsv(file) && file.size > limit);

/** Why the file cannot be imported at all. */
function useFault(file: File | null, error: Error | null) {
  const { t } = useI18n();
  const faultOf = useFileFault();
  if (file && isUnusable(file)) {
    return file.size === 0 ? t("import.noRows") : t("error.payload_too_large");
  }

  if (error instanceof TooLargeError) {
    return t("error.payload_too_large");
  }

  return error instanceof CsvError
    ? t(error.fault === "encoding" ? "import.encoding" : "import.quotes", { line: String(error.line) })
    : faultOf(error);
}
