import { TextInput, type TextInputProps } from "@mantine/core";
import { type ReactNode, useEffect, useState } from "react";
import { useI18n } from "../../i18n";

interface Props extends Pick<TextInputProps, "label" | "aria-label" | "description"> {
  type?: "date" | "datetime-local";
  value: string;
  error?: ReactNode;
  /** Whether each complete value counts at once: in a form, which is saved later. */
  live?: boolean;
  onCommit: (value: string) => void;
}

/** A date whose value is used once it is complete, on Enter or when the field is left: the first digit of a year is the year 2. */
export function DateField({ type = "date", value, error, live = false, onCommit, ...field }: Props) {
  const { t } = useI18n();
  const [typed, setTyped] = useState(value);
  const [faulty, setFaulty] = useState(false);
  useEffect(() => {
    setTyped(value);
    setFaulty(false);
  }, [value]);
  const commit = (input: HTMLInputElement) => {
    const { badInput, rangeUnderflow, rangeOverflow } = input.validity;
    const isFaulty = badInput || rangeUnderflow || rangeOverflow;
    setFaulty(isFaulty);
    if (!isFaulty && input.value !== value) {
      onCommit(input.value);
    }
  };
  const time = type === "date" ? "" : "T00:00";
  return (
    <TextInput
      {...field}
      type={type}
      min={`1900-01-01${time}`}
      max={`2199-12-31${time}`}
      value={typed}
      error={faulty ? t("reason.not_a_date") : error}
      onChange={(e) => {
        setTyped(e.currentTarget.value);
        if (live && e.currentTarget.value && e.currentTarget.validity.valid) {
          onCommit(e.currentTarget.value);
        }
      }}
      onBlur={(e) => commit(e.currentTarget)}
      onKeyDown={(e) => {
        if (e.key === "Enter") {
          commit(e.currentTarget);
        }
      }}
    />
  );
}
