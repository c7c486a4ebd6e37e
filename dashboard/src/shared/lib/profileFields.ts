import { useQuery } from "@tanstack/react-query";
import type { ProfileFieldDto, ProfileValue } from "@roundtable/client";
import { useI18n } from "../../i18n";
import { usersApi } from "./clients";

/** Values of the fields that an installation adds to profiles, by name. */
export type Extra = Readonly<Record<string, ProfileValue>>;

/** The profile fields that this installation adds; they change only on a restart. */
export function useProfileFields() {
  return useQuery({
    queryKey: ["profile-fields"],
    queryFn: async ({ signal }) => (await usersApi.listProfileFields(100, undefined, undefined, signal)).data.items,
    staleTime: Infinity,
  });
}

/** The label of a field in the display language. */
export function useFieldLabel() {
  const { language, locale } = useI18n();
  return (field: ProfileFieldDto) => field.labels[locale] ?? field.labels[language] ?? field.label;
}

/** The field names in error responses. */
export function extraPaths(extra: Extra | undefined) {
  return Object.keys(extra ?? {}).map((name) => `extra.${name}`);
}

/** The change that undoes a change: only these fields, because the user may not be allowed to write others. */
export function formerExtra(extra: Extra | undefined, change: Extra | undefined): { extra?: Record<string, ProfileValue> } {
  return change ? { extra: Object.fromEntries(Object.keys(change).map((name) => [name, extra?.[name] ?? null])) } : {};
}

/** The edits of these fields, with one more: what is typed as it was is no edit. */
export function editedExtra(extra: Extra | undefined, edits: Extra | undefined, name: string, value: ProfileValue) {
  return Object.fromEntries(Object.entries({ ...edits, [name]: value }).filter(([n, v]) => v !== (extra?.[n] ?? null)));
}
