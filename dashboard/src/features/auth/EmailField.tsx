import { Anchor, TextInput, type TextInputProps } from "@mantine/core";
import { useI18n } from "../../i18n";
import { likelyAddress } from "./mailDomains";

interface Props extends Omit<TextInputProps, "value" | "onChange"> {
  value: string;
  onChange: (email: string) => void;
}

/** The input for an address. It suggests a correction for a mistyped common domain, and takes every address all the same. */
export function EmailField({ value, onChange, ...rest }: Props) {
  const { t } = useI18n();
  const likely = likelyAddress(value);
  return (
    <div>
      <TextInput
        label={t("email")}
        type="email"
        autoComplete="username"
        required
        value={value}
        onChange={(e) => onChange(e.currentTarget.value)}
        {...rest}
      />
      <div role="status">
        {likely && (
          <Anchor component="button" type="button" size="sm" mt={4} onClick={() => onChange(likely)}>
            {t("email.likely", { email: likely })}
          </Anchor>
        )}
      </div>
    </div>
  );
}
