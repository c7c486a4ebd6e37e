import type { ProfileFieldDto } from "@roundtable/client";
import { useI18n } from "../../../../i18n";
import { DataTable } from "../../../../shared/ui/DataTable";
import { useTargetName } from "./ColumnMapping";
import { firstName, lastName, leaveOut, type Target } from "./columns";
import type { Sample } from "./csv";

// A long hash or text would hide the other columns.
const longest = 60;

/** The first rows as they will be imported. */
export function ImportPreview({
  sample,
  targets,
  fields,
}: {
  sample: Sample;
  targets: readonly (Target | undefined)[];
  fields: readonly ProfileFieldDto[];
}) {
  const { t } = useI18n();
  const nameOf = useTargetName(fields);
  const parts = [firstName, lastName].map((part) => targets.indexOf(part)).filter((i) => i >= 0);
  const columns = targets.flatMap((target, i) =>
    target === undefined || [leaveOut, firstName, lastName].includes(target) ? [] : [{ title: nameOf(target), from: [i] }],
  );
  const all = parts.length > 0 ? [...columns, { title: nameOf("name"), from: parts }] : columns;
  return (
    <DataTable
      label={t("import.preview")}
      maxHeight={240}
      columns={all.map((c) => c.title)}
      rows={sample.rows.map((row, i) => ({
        key: i,
        cells: all.map(({ from }) => {
          const text = from
            .map((j) => row[j] ?? "")
            .join(" ")
            .trim();
          return text.length > longest ? `${text.slice(0, longest)}…` : text;
        }),
      }))}
    />
  );
}
