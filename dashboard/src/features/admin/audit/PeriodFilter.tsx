import { Chip, Group, Text } from "@mantine/core";
import { useI18n } from "../../../i18n";
import { useFormat } from "../../../shared/lib/format";
import { DateField } from "../../../shared/ui/DateField";
import { presets, type useAuditFilter } from "./useAuditFilter";

export function PeriodFilter({ state }: { state: ReturnType<typeof useAuditFilter> }) {
  const { t } = useI18n();
  const { zone } = useFormat();
  const { period, own, setPeriod, setOwn } = state;
  const choices = [["", t("audit.anyTime")], ...presets.map((p) => [p, t(`audit.period.${p}`)]), ["own", t("overview.free")]] as const;
  return (
    <>
      <Chip.Group value={period} onChange={(value) => setPeriod(String(value))}>
        <Group gap={6} role="radiogroup" aria-label={t("overview.period")}>
          {choices.map(([value, label]) => (
            <Chip key={value} value={value} size="sm" variant="outline">
              {label}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      {period === "own" && (
        <Group gap="sm" align="flex-end">
          <DateField label={t("from")} type="datetime-local" value={own.from} onCommit={(from) => setOwn({ from })} />
          <DateField label={t("to")} type="datetime-local" value={own.to} onCommit={(to) => setOwn({ to })} />
          <Text size="xs" c="dimmed">
            {t("zone", { zone })}
          </Text>
        </Group>
      )}
    </>
  );
}
