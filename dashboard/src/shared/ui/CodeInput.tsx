import { TextInput, type TextInputProps } from "@mantine/core";
import { useI18n } from "../../i18n";

/** The input for the code of an authenticator app. It takes a code as it is copied: send it with `plainCode`. */
export function CodeInput(props: TextInputProps) {
  const { t } = useI18n();
  return <TextInput label={t("twoFactor.code")} inputMode="numeric" autoComplete="one-time-code" required maxLength={64} {...props} />;
}
