import { Code, Stack, Table, Text } from "@mantine/core";
import type { AuditEntryDto } from "@roundtable/client";
import { useI18n } from "../../i18n";
import { When } from "./When";

/** Entries of a security log, newest first. */
export function AuditList({ entries, showTarget = false }: { entries: readonly AuditEntryDto[]; showTarget?: boolean }) {
  const { t } = useI18n();
  return (
    <Table.ScrollContainer minWidth={560} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }} type="native" tabIndex={0}>
      <Table verticalSpacing="sm" striped>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("audit.when")}</Table.Th>
            <Table.Th>{t("audit.what")}</Table.Th>
            <Table.Th>{t("audit.who")}</Table.Th>
            {showTarget && <Table.Th>{t("audit.target")}</Table.Th>}
            <Table.Th>{t("audit.from")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {entries.map((entry) => <Entry key={entry.id} entry={entry} showTarget={showTarget} />)}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Entry({ entry, showTarget }: { entry: AuditEntryDto; showTarget: boolean }) {
  const { t, lookup } = useI18n();
  const details = typeof entry.details === "object" && entry.details !== null ? Object.entries(entry.details) : [];
  return (
    <Table.Tr>
      <Table.Td style={{ whiteSpace: "nowrap" }}><When at={entry.createdAt} exact /></Table.Td>
      <Table.Td>
        <Text size="sm" fw={500} title={entry.action}>{lookup(`action.${entry.action}`) ?? entry.action}</Text>
        {details.length > 0 && (
          <Stack gap={0}>
            {details.map(([name, value]) => <Text size="xs" c="dimmed" key={name} style={{ overflowWrap: "anywhere" }}>{name}: {typeof value === "string" ? value : JSON.stringify(value)}</Text>)}
          </Stack>
        )}
      </Table.Td>
      <Table.Td style={{ overflowWrap: "anywhere" }}>
        {entry.actor?.email ?? t("audit.nobody")}
        {entry.onBehalfOf && <Text size="xs" c="dimmed">{t("audit.onBehalfOf", { email: entry.onBehalfOf.email })}</Text>}
      </Table.Td>
      {showTarget && <Table.Td>{entry.target.type} <Code style={{ overflowWrap: "anywhere" }}>{entry.target.id}</Code></Table.Td>}
      <Table.Td>{entry.ipAddress ?? "–"}</Table.Td>
    </Table.Tr>
  );
}
