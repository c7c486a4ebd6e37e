import type { HealthCheckDto, HealthState } from "@roundtable/client";
import { Badge, Stack, Text } from "@mantine/core";
import { useI18n } from "../../../i18n";
import { useFormat } from "../../../shared/lib/format";
import { DataTable } from "../../../shared/ui/DataTable";
import { useFindingText } from "./useFindingText";

const colors = { healthy: "teal", degraded: "yellow", unhealthy: "red" } as const satisfies Record<HealthState, string>;

export function HealthBadge({ state }: { state: HealthState }) {
  const { t } = useI18n();
  return (
    <Badge variant="dot" color={colors[state]} size="lg" miw="max-content">
      {t(`system.${state}`)}
    </Badge>
  );
}

/** Each health check with its result, in words and figures. */
export function HealthTable({ label, checks }: { label: string; checks: readonly HealthCheckDto[] }) {
  const { t, lookup } = useI18n();
  const figure = useFigure();
  const text = useFindingText();
  return (
    <DataTable
      label={label}
      columns={[t("system.check"), t("system.state"), t("system.result")]}
      rows={checks.map((check) => ({
        key: check.name,
        cells: [
          <Text key="check" size="sm" style={{ whiteSpace: "nowrap" }}>
            {lookup(`check.${check.name}`) ?? check.name}
          </Text>,
          <HealthBadge key="state" state={check.status} />,
          <Stack key="result" gap={2}>
            <Text size="sm" style={{ overflowWrap: "anywhere" }}>
              {text(check)}
            </Text>
            {/* Otherwise the sentence has them. */}
            {!check.template && (
              <Text size="xs" c="dimmed">
                {Object.entries(check.data as Record<string, unknown>)
                  .map(([name, value]) => figure(name, value))
                  .join(" · ")}
              </Text>
            )}
          </Stack>,
        ],
      }))}
    />
  );
}

/** Formats a figure by the unit at the end of its name. */
function useFigure() {
  const { lookup } = useI18n();
  const format = useFormat();
  const written = (name: string, value: unknown) => {
    if (typeof value === "number") {
      if (name.endsWith("Bytes")) {
        return format.bytes(value);
      }

      return name.endsWith("Seconds") ? format.seconds(value) : `${format.number(value)}${name.endsWith("Ms") ? " ms" : ""}`;
    }

    return name.endsWith("At") || name.endsWith("Until") ? format.dateTime(String(value)) : String(value);
  };
  return (name: string, value: unknown) => `${lookup(`figure.${name}`) ?? name}: ${written(name, value)}`;
}
