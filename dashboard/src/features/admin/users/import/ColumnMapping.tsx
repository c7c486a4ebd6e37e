import { Alert, Button, Group, Select, Stack, Text } from "@mantine/core";
import type { ProfileFieldDto } from "@roundtable/client";
import { useI18n } from "../../../../i18n";
import { useFieldLabel } from "../../../../shared/lib/profileFields";
import { DataTable } from "../../../../shared/ui/DataTable";
import { firstName, lastName, leaveOut, type Target, targetsOf } from "./columns";
import type { Sample } from "./csv";

interface Props {
  sample: Sample;
  targets: readonly (Target | undefined)[];
  fields: readonly ProfileFieldDto[];
  disabled: boolean;
  onChange: (targets: readonly (Target | undefined)[]) => void;
}

/** What each column of the file becomes, with its first values. Columns without a meaning are named, and left out only if told. */
export function ColumnMapping({ sample, targets, fields, disabled, onChange }: Props) {
  const { t } = useI18n();
  const nameOf = useTargetName(fields);
  const headingOf = (i: number) => sample.headings[i] || t("import.columnNumber", { number: i + 1 });
  const undecided = sample.headings.flatMap((_, i) => (targets[i] === undefined ? [headingOf(i)] : []));
  const excludes = (target: Target, i: number) =>
    targets.some(
      (other, j) => j !== i && (other === target || (isName(other) && isName(target) && (other === "name") !== (target === "name"))),
    );
  const set = (i: number, target: Target | undefined) => onChange(sample.headings.map((_, j) => (j === i ? target : targets[j])));
  return (
    <Stack gap="xs">
      {undecided.length > 0 && (
        <Alert color="orange" title={t("import.unknownColumns")} role="status">
          <Stack gap="xs" align="flex-start">
            <Text size="sm" style={{ overflowWrap: "anywhere" }}>
              {t("import.unknownText", { columns: undecided.map((text) => t("quoted", { text })).join(", ") })}
            </Text>
            <Button size="xs" variant="default" onClick={() => onChange(sample.headings.map((_, i) => targets[i] ?? leaveOut))}>
              {t("import.leaveOutAll")}
            </Button>
          </Stack>
        </Alert>
      )}
      <DataTable
        label={t("import.columns")}
        maxHeight={320}
        columns={[t("import.column"), t("import.values"), t("import.becomes")]}
        rows={sample.headings.map((_, i) => ({
          key: i,
          cells: [
            headingOf(i),
            <Text key="values" size="sm" c="dimmed" lineClamp={1}>
              {sample.rows
                .map((row) => row[i])
                .filter(Boolean)
                .slice(0, 3)
                .join(", ")}
            </Text>,
            <Select
              key="target"
              aria-label={t("import.becomesOne", { column: headingOf(i) })}
              placeholder={t("import.undecided")}
              error={targets[i] === undefined}
              disabled={disabled}
              searchable
              value={targets[i] ?? null}
              data={[leaveOut, ...targetsOf(fields)].map((target) => ({
                value: target,
                label: nameOf(target),
                disabled: target !== leaveOut && excludes(target, i),
              }))}
              onChange={(target) => set(i, target ?? undefined)}
            />,
          ],
        }))}
      />
      {!targets.includes("email") && (
        <Group>
          <Text size="sm" c="red" role="alert">
            {t("import.noEmailColumn")}
          </Text>
        </Group>
      )}
    </Stack>
  );
}

const isName = (target: Target | undefined) => target === "name" || target === firstName || target === lastName;

/** What a target is called. */
export function useTargetName(fields: readonly ProfileFieldDto[]) {
  const { lookup } = useI18n();
  const labelOf = useFieldLabel();
  return (target: Target) => {
    const field = fields.find((f) => `extra.${f.name}` === target);
    return field ? labelOf(field) : (lookup(`import.target.${target}`) ?? target);
  };
}
