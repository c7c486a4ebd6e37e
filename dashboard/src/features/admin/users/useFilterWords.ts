import { useI18n } from "../../../i18n";
import { useFormat } from "../../../shared/lib/format";

const flags = ["banned", "emailVerified"] as const;
const days = ["createdFrom", "createdTo", "lastSeenFrom"] as const;

/** A filter in words, and its name in the address. */
export interface FilterWord {
  name: string;
  text: string;
}

/** Returns the filters of an address in words, such as "Role: support". The search is not among them: it is seen in its field. */
export function useFilterWords() {
  const { t } = useI18n();
  const format = useFormat();
  return (query: URLSearchParams): FilterWord[] => {
    const role = query.get("role");
    return [
      ...(role ? [{ name: "role", text: t("chip.role", { role }) }] : []),
      ...flags.filter((f) => query.get(f)).map((name) => ({ name, text: t(`chip.${name}.${query.get(name) === "true"}`) })),
      ...days.filter((d) => query.get(d)).map((name) => ({ name, text: t(`chip.${name}`, { day: format.day(query.get(name) ?? "") }) })),
    ];
  };
}
