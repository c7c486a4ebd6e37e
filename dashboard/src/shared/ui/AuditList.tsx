import { Button, Group, Text } from "@mantine/core";
import type { AuditEntryDto } from "@roundtable/client";
import { type ReactNode, useState } from "react";
import { useI18n } from "../../i18n";
import { useFormat } from "../lib/format";
import { AuditDrawer } from "./AuditDrawer";
import { AuditSentence, useActionName } from "./AuditSentence";
import { DataTable } from "./DataTable";
import { When } from "./When";

/** Entries of a security log as sentences, newest first; each opens with all its facts. */
export function AuditList({ entries }: { entries: readonly AuditEntryDto[] }) {
  const { t } = useI18n();
  const format = useFormat();
  const nameOf = useActionName();
  const [opened, setOpened] = useState<AuditEntryDto | null>(null);
  return (
    <>
      <DataTable
        label={t("audit.title")}
        columns={[t("audit.when"), t("audit.what"), t("audit.from"), ""]}
        rows={entries.map((entry) => ({
          key: entry.id,
          cells: [
            <Unbroken key="when">
              <When at={entry.createdAt} exact />
            </Unbroken>,
            <div key="what">
              <Text size="sm">
                <AuditSentence entry={entry} />
              </Text>
              <Addresses entry={entry} />
            </div>,
            // Version 6 is long.
            entry.ipAddress?.includes(":") ? entry.ipAddress : <Unbroken key="from">{entry.ipAddress ?? "–"}</Unbroken>,
            <Button
              key="details"
              size="compact-sm"
              variant="subtle"
              aria-label={t("audit.detailsOf", { action: nameOf(entry.action), time: format.dateTime(entry.createdAt) })}
              onClick={() => setOpened(entry)}
            >
              {t("audit.details")}
            </Button>,
          ],
        }))}
      />
      {opened && <AuditDrawer entry={opened} onClose={() => setOpened(null)} />}
    </>
  );
}

const Unbroken = ({ children }: { children: ReactNode }) => <span style={{ whiteSpace: "nowrap" }}>{children}</span>;

/** Whose names these are: users choose names, so that only addresses tell them apart. */
function Addresses({ entry: { actor, subject, onBehalfOf } }: { entry: AuditEntryDto }) {
  const { t } = useI18n();
  const others = subject && subject.id !== actor?.id ? subject.email : null;
  const notes = [
    [actor?.email, others].filter(Boolean).join(" → "),
    actor?.via && t("audit.byKey"),
    onBehalfOf && t("audit.onBehalfOf", { email: onBehalfOf.email }),
  ].filter(Boolean);
  return (
    <Group gap={6} c="dimmed" fz="xs">
      {notes.map((note, i) => (
        <span key={i}>
          {i > 0 && "· "}
          {note}
        </span>
      ))}
    </Group>
  );
}
