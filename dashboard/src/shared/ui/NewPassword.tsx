import { PasswordInput } from "@mantine/core";
import { useI18n } from "../../i18n";

/** An input for a new password. */
export function NewPassword({
  label,
  value,
  error,
  onChange,
  required = true,
}: {
  label: string;
  value: string;
  error?: string | undefined;
  onChange: (value: string) => void;
  required?: boolean;
}) {
  const { t } = useI18n();
  return (
    <PasswordInput
      label={label}
      description={t("password.rules")}
      autoComplete="new-password"
      required={required}
      minLength={10}
      maxLength={512}
      value={value}
      error={error}
      visibilityToggleButtonProps={{ "aria-label": t("password.show") }}
      onChange={(e) => onChange(e.currentTarget.value)}
    />
  );
}
