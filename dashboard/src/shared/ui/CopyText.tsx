import { Button, type ButtonProps, Text } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { useI18n } from "../../i18n";

/**
 * Copies a text, or says that the browser does not: it has no clipboard on pages that are not loaded over https, or the user forbids it.
 */
export function CopyText({
  text,
  label,
  ...rest
}: ButtonProps & {
  text: string;
  /** What is copied, where the page has several such buttons. */
  label?: string;
  "data-autofocus"?: boolean;
}) {
  const { t } = useI18n();
  const { copy, copied, error } = useClipboard();
  return (
    <>
      {error && (
        <Text size="sm" role="alert">
          {t("copy.failed")}
        </Text>
      )}
      <Button variant="default" aria-label={copied ? t("copied") : label} {...rest} onClick={() => copy(text)}>
        {copied ? t("copied") : t("copy")}
      </Button>
    </>
  );
}
