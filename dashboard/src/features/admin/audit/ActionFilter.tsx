import { Select } from "@mantine/core";
import { useI18n } from "../../../i18n";
import { useActionName } from "../../../shared/ui/AuditSentence";
import { useActions } from "./api/listActions";

const groups = {
  signIn: ["session", "sessions", "signIn", "magicLink", "signUp"],
  credentials: ["password", "twoFactor", "passkey", "email"],
  users: ["user", "users", "role", "impersonation"],
  programs: ["apiKey", "serviceAccount", "webhook"],
  log: ["auditLog"],
} as const;

const names = ["signIn", "credentials", "users", "programs", "log"] as const;

export function ActionFilter({ value, onChange }: { value: string | undefined; onChange: (action: string | undefined) => void }) {
  const { t } = useI18n();
  const nameOf = useActionName();
  const actions = useActions();
  const groupOf = (action: string) => names.find((n) => groups[n].some((prefix) => action.startsWith(`${prefix}.`))) ?? "other";
  const all = [...new Set([...(actions.data ?? []), ...(value ? [value] : [])])];
  const data = [...names, "other" as const].map((group) => ({
    group: t(`audit.group.${group}`),
    items: all
      .filter((a) => groupOf(a) === group)
      .map((a) => ({ value: a, label: nameOf(a) }))
      .sort((a, b) => a.label.localeCompare(b.label)),
  }));
  return (
    <Select
      label={t("audit.action")}
      placeholder={t("audit.anyAction")}
      searchable
      clearable
      clearButtonProps={{ "aria-label": t("clear") }}
      error={actions.isError && t("audit.noActions")}
      nothingFoundMessage={t(actions.isPending ? "loading" : "find.nothing")}
      value={value ?? null}
      data={data.filter((g) => g.items.length > 0)}
      onChange={(action) => onChange(action ?? undefined)}
      style={{ flex: "1 1 220px", minWidth: 0 }}
    />
  );
}
