import { ApiError } from "@roundtable/client";
import { useI18n } from "../../../i18n";
import { useFieldError } from "../../../shared/lib/errors";

/** Why a file cannot be imported at all. The API names the column or the line only in its sentence. */
export function useFileFault() {
  const { t } = useI18n();
  const fieldError = useFieldError();
  return (error: Error | null): string | undefined => {
    const sentence = error instanceof ApiError ? error.errors["body"]?.[0] : undefined;
    if (!sentence) {
      return undefined;
    }

    const column = /^The column '(.*)' \(number (\d+)\) is unknown or a duplicate\. Known columns: (.*)\.$/s.exec(sentence);
    if (column) {
      return t("import.wrongColumn", { name: column[1] ?? "", number: column[2] ?? "", known: column[3] ?? "" });
    }

    if (sentence.startsWith("There is no column 'email'")) {
      return t("import.noEmail");
    }

    if (sentence === "The file has no rows.") {
      return t("import.noRows");
    }

    const most = /^The file has more than (\d+) rows/.exec(sentence)?.[1];
    if (most) {
      return t("import.tooMany", { max: Number(most) });
    }

    const line = /^Line (\d+): /.exec(sentence)?.[1];
    if (line && sentence.includes("UTF-8")) {
      return t("import.encoding", { line });
    }

    return [line && `${t("import.line")} ${line}:`, fieldError(error, "body") ?? sentence].filter(Boolean).join(" ");
  };
}
