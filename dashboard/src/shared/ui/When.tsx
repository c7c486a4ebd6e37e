import { useI18n } from "../../i18n";
import { useFormat } from "../lib/format";

/** A time, relative to now; hovering shows it exactly. */
export function When({ at, exact = false }: { at: string | null | undefined; exact?: boolean }) {
  const { t } = useI18n();
  const format = useFormat();
  return at ? (
    <time dateTime={at} title={format.dateTime(at)}>
      {exact ? format.dateTime(at) : format.ago(at)}
    </time>
  ) : (
    <span>{t("never")}</span>
  );
}
