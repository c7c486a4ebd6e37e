import { Checkbox, Select, TextInput } from "@mantine/core";
import type { ProfileFieldDto, ProfileValue } from "@roundtable/client";
import { useI18n } from "../../i18n";
import { useFieldError } from "../lib/errors";
import { type Extra, useFieldLabel, useProfileFields } from "../lib/profileFields";
import { optional } from "../lib/trimmed";
import { Failure } from "./Failure";
import { Loading } from "./Loading";

interface Props {
  values: Extra;
  error: Error | null;
  /** Whether admin-only fields are editable. */
  asAdmin?: boolean;
  onChange: (name: string, value: ProfileValue) => void;
}

/** The inputs of this installation's additional profile fields. */
export function ExtraFields({ values, error, asAdmin = false, onChange }: Props) {
  const { t } = useI18n();
  const fields = useProfileFields();
  const labelOf = useFieldLabel();
  const fieldError = useFieldError();
  if (!fields.data) {
    return fields.error ? <Failure error={fields.error} retry={() => void fields.refetch()} /> : <Loading rows={2} height={36} />;
  }

  return fields.data.map((field) => {
    const locked = field.writableBy === "admin" && !asAdmin;
    const hints = [...(field.visibleTo === "public" ? [t("profile.extraPublic")] : []), ...(locked ? [t("profile.extraLocked")] : [])];
    return (
      <Field
        key={field.name}
        field={field}
        value={values[field.name] ?? null}
        label={labelOf(field)}
        description={hints.join(" ") || undefined}
        disabled={locked}
        error={fieldError(error, `extra.${field.name}`)}
        onChange={(value) => onChange(field.name, value)}
      />
    );
  });
}

interface FieldProps {
  field: ProfileFieldDto;
  value: ProfileValue;
  label: string;
  description: string | undefined;
  disabled: boolean;
  error: string | undefined;
  onChange: (value: ProfileValue) => void;
}

function Field({ field, value, onChange, ...shared }: FieldProps) {
  const { t } = useI18n();
  const text = value === null ? "" : String(value);
  switch (field.type) {
    case "boolean":
      return <Checkbox {...shared} checked={value === true} onChange={(e) => onChange(e.currentTarget.checked)} />;
    case "choice":
      return (
        <Select
          {...shared}
          data={field.choices}
          value={text || null}
          clearable
          clearButtonProps={{ "aria-label": t("clear") }}
          onChange={onChange}
        />
      );
    case "number":
      return (
        <TextInput
          {...shared}
          type="number"
          step="any"
          min={field.min ?? undefined}
          max={field.max ?? undefined}
          value={text}
          onChange={(e) => onChange(e.currentTarget.value === "" ? null : e.currentTarget.valueAsNumber)}
        />
      );
    case "date":
      return <TextInput {...shared} type="date" value={text} onChange={(e) => onChange(e.currentTarget.value || null)} />;
    default:
      return (
        <TextInput
          {...shared}
          maxLength={field.maxLength ?? undefined}
          value={text}
          onChange={(e) => onChange(optional(e.currentTarget.value))}
        />
      );
  }
}
