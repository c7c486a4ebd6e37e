import { isLocalTime, isOneOf, useAddress } from "../../../shared/lib/address";
import { useFormat } from "../../../shared/lib/format";
import type { AuditFilter } from "./api/listAudit";

/** How the chosen user takes part in an entry; `target` is of links to anything else, such as a session. */
export const roles = ["user", "actor", "subject"] as const;
export type Role = (typeof roles)[number];

/** The days before today at which a period begins, and how many it has; without an end it lasts until now. */
const periods = {
  today: { back: 0, until: undefined },
  yesterday: { back: 1, until: 0 },
  "7": { back: 6, until: undefined },
  "30": { back: 29, until: undefined },
} as const;

export const presets = ["today", "yesterday", "7", "30"] as const;

/** The filter in the page's address, so that it can be bookmarked and shared; periods are days of the user's time zone. */
export function useAuditFilter() {
  const { instant, dayAgo } = useFormat();
  const [query, setQuery] = useAddress({ period: isOneOf([...presets, "own"]), from: isLocalTime, to: isLocalTime });
  const preset = presets.find((p) => p === query.get("period"));
  const own = { from: query.get("from") ?? "", to: query.get("to") ?? "" };
  const isOwn = !preset && (query.get("period") === "own" || own.from !== "" || own.to !== "");
  const start = (back: number | undefined) => (back === undefined ? undefined : instant(`${dayAgo(back)}T00:00`));
  const period = preset
    ? { from: start(periods[preset].back), to: start(periods[preset].until) }
    : { from: own.from ? instant(own.from) : undefined, to: own.to ? instant(own.to) : undefined };
  const text = (name: string) => query.get(name)?.trim() || undefined;
  const filter: AuditFilter = {
    user: text("user"),
    actor: text("actor"),
    subject: text("subject"),
    target: text("target"),
    action: text("action"),
    ...period,
  };
  const set = (changes: Readonly<Record<string, string | undefined>>) =>
    setQuery((before) => {
      const after = new URLSearchParams(before);
      for (const [name, value] of Object.entries(changes)) {
        if (value) {
          after.set(name, value);
        } else {
          after.delete(name);
        }
      }

      return after;
    });
  const person = [...roles, "target" as const].flatMap((role) => (filter[role] ? [{ role, id: filter[role] }] : []))[0];
  return {
    filter,
    own,
    period: preset ?? (isOwn ? "own" : ""),
    /** Nothing new can fit a period that has ended. */
    hasEnd: period.to !== undefined,
    filtered: query.size > 0,
    person,
    setPerson: (id: string | undefined, role: Role) =>
      set({ user: undefined, actor: undefined, subject: undefined, target: undefined, [role]: id }),
    setAction: (action: string | undefined) => set({ action }),
    setPeriod: (value: string) => set({ period: value, from: undefined, to: undefined }),
    setOwn: (changes: Partial<typeof own>) => set({ period: "own", ...own, ...changes }),
    clear: () => setQuery({}),
  };
}
