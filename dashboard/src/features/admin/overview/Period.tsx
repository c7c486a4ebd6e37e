import { Group, SegmentedControl, TextInput } from "@mantine/core";
import { useI18n } from "../../../i18n";
import type { usePeriod } from "./usePeriod";
import { presets } from "./usePeriod";

/** The days that are looked at: the last so many, or any from and to. */
export function Period({ period }: { period: ReturnType<typeof usePeriod> }) {
  const { t } = useI18n();
  return (
    <Group gap="sm" align="flex-end">
      <SegmentedControl
        aria-label={t("overview.period")} value={period.preset} onChange={period.setPreset}
        data={[...presets.map((value) => ({ value: value as string, label: t("overview.days", { count: Number(value) }) })), { value: "", label: t("overview.free") }]}
      />
      {period.preset === "" && (
        <>
          <TextInput type="date" label={t("from")} value={period.from} max={period.to} error={period.tooLong && t("overview.tooLong")} onChange={(e) => period.setRange({ from: e.currentTarget.value })} />
          <TextInput type="date" label={t("to")} value={period.to} min={period.from} onChange={(e) => period.setRange({ to: e.currentTarget.value })} />
        </>
      )}
    </Group>
  );
}
