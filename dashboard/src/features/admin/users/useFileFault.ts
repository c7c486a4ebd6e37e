import { ApiError } from "@roundtable/client";
import { type MessageKey, useI18n } from "../../../i18n";
import { useFieldError } from "../../../shared/lib/errors";

const texts: Partial<Record<string, MessageKey>> = {
  no_email_column: "import.noEmail",
  no_rows: "import.noRows",
  not_utf8: "import.encoding",
  too_many_rows: "import.tooMany",
  wrong_column: "import.wrongColumn",
};

/** Why a file cannot be imported at all: the API's code with its facts, in words. */
export function useFileFault() {
  const { t } = useI18n();
  const fieldError = useFieldError();
  return (error: Error | null): string | undefined => {
    if (!(error instanceof ApiError) || !error.errors["body"]) {
      return undefined;
    }

    const fact = (name: string) => String(error.context[name] ?? "");
    const text = texts[fact("fault")];
    const line = fact("line");
    return text
      ? t(text, { line, max: Number(fact("max")), name: fact("column"), number: fact("number"), known: fact("known") })
      : [line && `${t("import.line")} ${line}:`, fieldError(error, "body")].filter(Boolean).join(" ");
  };
}
