import { Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { useI18n } from "../../i18n";

interface Props {
  label: string;
  /** The number of days; null for none. */
  days: number | null;
  /** The choice of none. */
  none?: string;
  error: string | undefined;
  onChange: (days: number | null) => void;
}

const usual = [7, 30, 90, 365];

/** How many days a key is valid. */
export function Lifetime({ label, days, none, error, onChange }: Props) {
  const { t } = useI18n();
  const [other, setOther] = useState(days === null ? !none : !usual.includes(days));
  const choices = [
    ...(none ? [{ value: "none", label: none }] : []),
    ...usual.map((count) => ({ value: String(count), label: t("overview.days", { count }) })),
    { value: "other", label: t("apiKeys.otherDays") },
  ];
  const choose = (value: string | null) => {
    setOther(value === "other");
    if (value !== "other") {
      onChange(value === "none" ? null : Number(value));
    }
  };
  return (
    <>
      <Select
        label={label}
        allowDeselect={false}
        data={choices}
        value={other ? "other" : String(days ?? "none")}
        error={other ? undefined : error}
        onChange={choose}
      />
      {other && (
        <TextInput
          label={t("apiKeys.days")}
          type="number"
          min={1}
          required
          value={days ?? ""}
          error={error}
          onChange={(e) => onChange(e.currentTarget.value === "" ? null : e.currentTarget.valueAsNumber)}
        />
      )}
    </>
  );
}
