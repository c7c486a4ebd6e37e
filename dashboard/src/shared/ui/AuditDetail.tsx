import { Fragment } from "react";
import { useI18n } from "../../i18n";
import { useFormat } from "../lib/format";
import { When } from "./When";

/** The details that say something. */
export const detailsOf = (details: unknown) => Object.entries(details ?? {}).filter(([, value]) => value !== null);

export function useDetailLabel() {
  const { lookup } = useI18n();
  return (name: string) => lookup(`detail.${name.replace(/Utc$/, "")}`) ?? name;
}

const time = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/;
const days = /^\d+\.00:00:00$/;

/** A value of an entry's details, in words. */
export function AuditDetail({ name, value }: { name: string; value: unknown }) {
  const { t, lookup } = useI18n();
  const format = useFormat();
  const labelOf = useDetailLabel();
  if (Array.isArray(value)) {
    return value.map((v) => (name === "changed" ? labelOf(String(v)) : String(v))).join(", ") || "–";
  }

  switch (typeof value) {
    case "string":
      return days.test(value) ? (
        t("overview.days", { count: Number.parseInt(value, 10) })
      ) : time.test(value) ? (
        <When at={value} exact />
      ) : (
        (lookup(`method.${value}`) ?? lookup(`detailValue.${value}`) ?? value)
      );
    case "boolean":
      return value ? t("yes") : t("no");
    case "number":
      return name === "day" ? format.day(String(value).replace(/^(\d{4})(\d{2})(\d{2})$/, "$1-$2-$3")) : format.number(value);
    case "object":
      return detailsOf(value).map(([part, v], i) => (
        <Fragment key={part}>
          {i > 0 && ", "}
          {labelOf(part)} <AuditDetail name={part} value={v} />
        </Fragment>
      ));
    default:
      return String(value);
  }
}
