import { FileInput, Paper, Text } from "@mantine/core";
import { type DragEvent, useState } from "react";
import { useI18n } from "../../../../i18n";
import classes from "./FileDrop.module.css";

interface Props {
  file: File | null;
  error: string | undefined;
  disabled: boolean;
  onChange: (file: File | null) => void;
}

/** Takes a file by the browser's dialog, or dropped. */
export function FileDrop({ file, error, disabled, onChange }: Props) {
  const { t } = useI18n();
  const [over, setOver] = useState(false);
  const drag = (e: DragEvent, isOver: boolean) => {
    e.preventDefault();
    setOver(isOver && !disabled);
  };
  return (
    <Paper
      withBorder
      p="md"
      className={classes.zone}
      data-over={over || undefined}
      data-testid="drop"
      onDragOver={(e) => drag(e, true)}
      onDragLeave={(e) => drag(e, false)}
      onDrop={(e) => {
        drag(e, false);
        const [dropped] = e.dataTransfer.files;
        if (dropped && !disabled) {
          onChange(dropped);
        }
      }}
    >
      <FileInput
        label={t("import.file")}
        placeholder={t("import.choose")}
        accept=".csv,.ndjson,.jsonl,text/csv,application/x-ndjson"
        value={file}
        error={error}
        disabled={disabled}
        data-autofocus
        clearable
        clearButtonProps={{ "aria-label": t("clear") }}
        onChange={onChange}
      />
      <Text size="xs" c="dimmed" mt={6}>
        {t("import.drop")}
      </Text>
    </Paper>
  );
}
