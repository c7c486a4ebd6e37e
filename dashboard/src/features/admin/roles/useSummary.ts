import type { RoleDto } from "@roundtable/client";
import { useI18n } from "../../../i18n";
import { byTopic } from "../../../shared/lib/permissions";

const most = 6;

/** What a role allows, in a sentence. */
export function useSummary() {
  const { t, lookup, locale } = useI18n();
  return ({ permissions, builtIn }: Pick<RoleDto, "permissions" | "builtIn">) => {
    if (permissions.length === 0) {
      return t("roles.canNothing");
    }

    // Of the built-in roles, admin has all permissions, and user has none.
    if (builtIn) {
      return t("roles.canAll");
    }

    const deeds = byTopic(permissions).flatMap((topic) => topic.permissions.map((p) => lookup(`can.${p}`) ?? p));
    const shown = deeds.length > most + 1 ? [...deeds.slice(0, most), t("roles.canMore", { count: deeds.length - most })] : deeds;
    // Older browsers lack it.
    const list = "ListFormat" in Intl ? new Intl.ListFormat(locale, { type: "conjunction" }).format(shown) : shown.join(", ");
    return t("roles.can", { what: list });
  };
}
