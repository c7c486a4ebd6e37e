import { Group, SegmentedControl } from "@mantine/core";
import { useEffect, useState } from "react";
import { useI18n } from "../../../i18n";
import { DateField } from "../../../shared/ui/DateField";
import { type Days, faultOf, presets, type usePeriod } from "./usePeriod";

/** Selects the period: a preset number of past days, or a range. */
export function Period({ period }: { period: ReturnType<typeof usePeriod> }) {
  const { t } = useI18n();
  return (
    <Group gap="sm" align="flex-start">
      {period.preset === "" && <Range from={period.from} to={period.to} onChange={period.setDays} />}
      <SegmentedControl
        aria-label={t("overview.period")}
        value={period.preset}
        onChange={period.setPreset}
        data={[
          ...presets.map((value) => ({ value: value as string, label: t("overview.days", { count: Number(value) }) })),
          { value: "", label: t("overview.free") },
        ]}
      />
    </Group>
  );
}

/** Two date inputs. The page uses them only once they form a valid period, since the first of them may not suit the second yet. */
function Range({ from, to, onChange }: Days & { onChange: (days: Days) => void }) {
  const { t } = useI18n();
  const [typed, setTyped] = useState<Days>({ from, to });
  useEffect(() => setTyped({ from, to }), [from, to]);
  const fault = faultOf(typed);
  const type = (changes: Partial<Days>) => {
    const next = { ...typed, ...changes };
    setTyped(next);
    if (!faultOf(next)) {
      onChange(next);
    }
  };
  return (
    <Group gap="sm" align="flex-start">
      <DateField
        aria-label={t("from")}
        value={typed.from}
        error={fault && t(`overview.${fault}`)}
        onCommit={(day) => type({ from: day })}
      />
      <DateField aria-label={t("to")} value={typed.to} onCommit={(day) => type({ to: day })} />
    </Group>
  );
}
