import { Anchor, Code, Stack, Text } from "@mantine/core";
import type { ActorDto, AuditEntryDto } from "@roundtable/client";
import { Fragment } from "react";
import { Link } from "react-router";
import { useI18n } from "../../i18n";
import { useFormat } from "../lib/format";
import { useMay } from "../lib/session";
import { DataTable } from "./DataTable";
import { When } from "./When";

/** Entries of a security log, newest first. */
export function AuditList({ entries, showTarget = false }: { entries: readonly AuditEntryDto[]; showTarget?: boolean }) {
  const { t, lookup } = useI18n();
  const target = ({ target: { type, id } }: AuditEntryDto) => (
    <div key="target">
      {lookup(`target.${type}`) ?? type} <Code>{id}</Code>
    </div>
  );
  return (
    <DataTable
      label={t("audit.title")}
      columns={[t("audit.when"), t("audit.what"), t("audit.who"), ...(showTarget ? [t("audit.target")] : []), t("audit.from")]}
      rows={entries.map((entry) => ({
        key: entry.id,
        cells: [
          <When key="when" at={entry.createdAt} exact />,
          <What key="what" entry={entry} />,
          <Who key="who" entry={entry} />,
          ...(showTarget ? [target(entry)] : []),
          entry.ipAddress ?? "–",
        ],
      }))}
    />
  );
}

function What({ entry }: { entry: AuditEntryDto }) {
  const { lookup } = useI18n();
  const labelOf = useDetailLabel();
  return (
    <div>
      <Text size="sm" fw={500} title={entry.action}>
        {lookup(`action.${entry.action}`) ?? entry.action}
      </Text>
      <Stack gap={0}>
        {detailsOf(entry.details).map(([name, value]) => (
          <Text size="xs" c="dimmed" key={name}>
            {labelOf(name)}: <Value name={name} value={value} />
          </Text>
        ))}
      </Stack>
    </div>
  );
}

/** The details that say something. */
const detailsOf = (details: unknown) => Object.entries(details ?? {}).filter(([, value]) => value !== null);

function useDetailLabel() {
  const { lookup } = useI18n();
  return (name: string) => lookup(`detail.${name.replace(/Utc$/, "")}`) ?? name;
}

const time = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/;
const days = /^\d+\.00:00:00$/;

function Value({ name, value }: { name: string; value: unknown }) {
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
          {labelOf(part)} <Value name={part} value={v} />
        </Fragment>
      ));
    default:
      return String(value);
  }
}

/** A user by address, or a service account by name. */
function Actor({ actor: { id, email, name } }: { actor: ActorDto }) {
  const may = useMay();
  return (
    email ??
    (may("seeServiceAccounts") ? (
      <Anchor size="sm" component={Link} to={`/admin/service-accounts/${id}`}>
        {name ?? id}
      </Anchor>
    ) : (
      (name ?? id)
    ))
  );
}

function Who({ entry }: { entry: AuditEntryDto }) {
  const { t } = useI18n();
  return (
    <div>
      {entry.actor ? <Actor actor={entry.actor} /> : t("audit.nobody")}
      {entry.actor?.via && (
        <Text size="xs" c="dimmed">
          {t("audit.byKey")}{" "}
          <Text span fz={11} ff="monospace">
            {entry.actor.via.apiKey}
          </Text>
        </Text>
      )}
      {entry.onBehalfOf && (
        <Text size="xs" c="dimmed">
          {t("audit.onBehalfOf", { email: entry.onBehalfOf.email })}
        </Text>
      )}
    </div>
  );
}
