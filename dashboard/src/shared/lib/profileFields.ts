import { useQuery } from "@tanstack/react-query";
import type { ProfileFieldDto, ProfileValue } from "@roundtable/client";
import { useI18n } from "../../i18n";
import { usersApi } from "./clients";

/** Values of the fields that an installation adds to profiles, by name. */
export type Extra = Readonly<Record<string, ProfileValue>>;

/** The fields that this installation adds to profiles; they change when it is started anew only. */
export function useProfileFields() {
  return useQuery({
    queryKey: ["profile-fields"],
    queryFn: async ({ signal }) => (await usersApi.listProfileFields(100, undefined, undefined, signal)).data.items,
    staleTime: Infinity,
  });
}

/** What stands beside a field, in the language on screen. */
export function useFieldLabel() {
  const { language, locale } = useI18n();
  return (field: ProfileFieldDto) => field.labels[locale] ?? field.labels[language] ?? field.label;
}

/** The names of the fields in errors. */
export function extraPaths(extra: Extra | undefined) {
  return Object.keys(extra ?? {}).map((name) => `extra.${name}`);
}

/** The change that takes a change back: these fields only, as others may not be one's own to write. */
export function formerExtra(extra: Extra | undefined, change: Extra | undefined): { extra?: Record<string, ProfileValue> } {
  return change ? { extra: Object.fromEntries(Object.keys(change).map((name) => [name, extra?.[name] ?? null])) } : {};
}
