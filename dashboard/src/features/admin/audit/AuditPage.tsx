import { Alert, Button, Card, Group, SimpleGrid, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useI18n } from "../../../i18n";
import { isLocalTime, useAddress } from "../../../shared/lib/address";
import { useFormat } from "../../../shared/lib/format";
import { trimmed } from "../../../shared/lib/trimmed";
import { AuditList } from "../../../shared/ui/AuditList";
import { DateField } from "../../../shared/ui/DateField";
import { Empty } from "../../../shared/ui/Empty";
import { Failure } from "../../../shared/ui/Failure";
import { Loading } from "../../../shared/ui/Loading";
import { LoadMore } from "../../../shared/ui/LoadMore";
import { Page } from "../../../shared/ui/Page";
import { useExportAudit } from "./api/exportAudit";
import { useAudit } from "./api/listAudit";
import { useVerifyAudit } from "./api/verifyAudit";

const names = ["actor", "target", "action", "from", "to"] as const;

export default function AuditPage() {
  const { t } = useI18n();
  const { instant } = useFormat();
  const [query, setQuery] = useAddress({ from: isLocalTime, to: isLocalTime });
  const filter = Object.fromEntries(names.flatMap((n) => (query.get(n) ? [[n, query.get(n) ?? ""]] : []))) as Partial<
    Record<(typeof names)[number], string>
  >;
  const time = (text: string | undefined) => (text ? instant(text) : undefined);
  const sent = { ...filter, from: time(filter.from), to: time(filter.to) };
  const audit = useAudit(sent);
  const verify = useVerifyAudit();
  const save = useExportAudit();
  const entries = audit.data?.pages.flatMap((p) => p.items) ?? [];
  return (
    <Page
      title={t("audit.title")}
      lead={t("audit.lead")}
      actions={
        <>
          <Button variant="default" loading={verify.isPending} onClick={() => verify.mutate()}>
            {t("audit.verify")}
          </Button>
          <Button variant="default" loading={save.isPending} onClick={() => save.mutate(sent)}>
            {t("audit.export")}
          </Button>
        </>
      }
    >
      <Failure error={verify.error} />
      {verify.data && (
        <Alert color={verify.data.valid ? "teal" : "red"} role="status">
          {verify.data.valid ? t("audit.valid", { count: verify.data.checked }) : t("audit.broken", { count: verify.data.checked })}
          {verify.data.removedDays > 0 && ` ${t("audit.removedDays", { count: verify.data.removedDays })}`}
        </Alert>
      )}
      <Filters key={query.toString()} filter={filter} onChange={(f) => setQuery(f)} />
      <Failure error={audit.error} retry={() => void audit.refetch()} />
      <Card withBorder padding={0}>
        {audit.isPending && <Loading rows={10} height={28} />}
        {entries.length > 0 && <AuditList entries={entries} showTarget />}
        {audit.isSuccess && entries.length === 0 && <Empty title={t("audit.empty")} hint={t("filter.hint")} />}
      </Card>
      <LoadMore more={audit.hasNextPage} pending={audit.isFetchingNextPage} onMore={() => void audit.fetchNextPage()} />
    </Page>
  );
}

function Filters({ filter, onChange }: { filter: Partial<Record<string, string>>; onChange: (filter: Record<string, string>) => void }) {
  const { t } = useI18n();
  const { zone } = useFormat();
  const [form, setForm] = useState(filter);
  return (
    <form
      onSubmit={(e) => {
        e.preventDefault();
        onChange(Object.fromEntries(Object.entries(trimmed(form)).flatMap(([k, v]) => (v ? [[k, v]] : []))));
      }}
    >
      <SimpleGrid cols={{ base: 1, xs: 2, lg: 5 }} spacing="sm" mb="sm">
        <TextInput
          label={t("audit.action")}
          placeholder="user.banned"
          value={form["action"] ?? ""}
          onChange={(e) => setForm({ ...form, action: e.currentTarget.value })}
        />
        <TextInput
          label={t("audit.actor")}
          value={form["actor"] ?? ""}
          onChange={(e) => setForm({ ...form, actor: e.currentTarget.value })}
        />
        <TextInput
          label={t("audit.target")}
          value={form["target"] ?? ""}
          onChange={(e) => setForm({ ...form, target: e.currentTarget.value })}
        />
        <DateField label={t("from")} type="datetime-local" value={form["from"] ?? ""} onCommit={(from) => setForm({ ...form, from })} />
        <DateField label={t("to")} type="datetime-local" value={form["to"] ?? ""} onCommit={(to) => setForm({ ...form, to })} />
      </SimpleGrid>
      <Group gap="sm">
        <Button type="submit">{t("filter.apply")}</Button>
        <Button variant="default" onClick={() => onChange({})}>
          {t("filter.clear")}
        </Button>
        <Text size="xs" c="dimmed">
          {t("zone", { zone })}
        </Text>
      </Group>
    </form>
  );
}
