import { Anchor, Code, Stack, Text } from "@mantine/core";
import type { ActorDto, AuditEntryDto } from "@roundtable/client";
import { Link } from "react-router";
import { useI18n } from "../../i18n";
import { useMay } from "../lib/session";
import { DataTable } from "./DataTable";
import { When } from "./When";

/** Entries of a security log, newest first. */
export function AuditList({ entries, showTarget = false }: { entries: readonly AuditEntryDto[]; showTarget?: boolean }) {
  const { t, lookup } = useI18n();
  const target = ({ target: { type, id } }: AuditEntryDto) => <div key="target">{lookup(`target.${type}`) ?? type} <Code>{id}</Code></div>;
  return (
    <DataTable
      label={t("audit.title")}
      columns={[t("audit.when"), t("audit.what"), t("audit.who"), ...(showTarget ? [t("audit.target")] : []), t("audit.from")]}
      rows={entries.map((entry) => ({
        key: entry.id,
        cells: [<When key="when" at={entry.createdAt} exact />, <What key="what" entry={entry} />, <Who key="who" entry={entry} />, ...(showTarget ? [target(entry)] : []), entry.ipAddress ?? "–"],
      }))}
    />
  );
}

function What({ entry }: { entry: AuditEntryDto }) {
  const { lookup } = useI18n();
  const details = typeof entry.details === "object" && entry.details !== null ? Object.entries(entry.details) : [];
  return (
    <div>
      <Text size="sm" fw={500} title={entry.action}>{lookup(`action.${entry.action}`) ?? entry.action}</Text>
      <Stack gap={0}>
        {details.map(([name, value]) => <Text size="xs" c="dimmed" key={name}>{lookup(`detail.${name}`) ?? name}: <Value value={value} /></Text>)}
      </Stack>
    </div>
  );
}

function Value({ value }: { value: unknown }) {
  const { t, lookup } = useI18n();
  if (Array.isArray(value)) {
    return value.join(", ") || "–";
  }

  switch (typeof value) {
    case "string": return lookup(`method.${value}`) ?? value;
    case "boolean": return value ? t("yes") : t("no");
    default: return value === null ? "–" : JSON.stringify(value);
  }
}

/** A user by address, or a service account by name. */
function Actor({ actor: { id, email, name } }: { actor: ActorDto }) {
  const may = useMay();
  return email ?? (may("seeServiceAccounts") ? <Anchor size="sm" component={Link} to={`/admin/service-accounts/${id}`}>{name ?? id}</Anchor> : name ?? id);
}

function Who({ entry }: { entry: AuditEntryDto }) {
  const { t } = useI18n();
  return (
    <div>
      {entry.actor ? <Actor actor={entry.actor} /> : t("audit.nobody")}
      {entry.actor?.via && <Text size="xs" c="dimmed">{t("audit.byKey")} <Text span fz={11} ff="monospace">{entry.actor.via.apiKey}</Text></Text>}
      {entry.onBehalfOf && <Text size="xs" c="dimmed">{t("audit.onBehalfOf", { email: entry.onBehalfOf.email })}</Text>}
    </div>
  );
}
