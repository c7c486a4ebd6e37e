import { Button, Card, Group, List, Stack, TagsInput, Text, TextInput } from "@mantine/core";
import type { BulkAction } from "@roundtable/client";
import { useState } from "react";
import { useI18n } from "../../../i18n";
import { useMay } from "../../../shared/lib/session";
import { Confirm } from "../../../shared/ui/Confirm";
import { useRoles } from "../roles/api/listRoles";
import { useBulkUsers } from "./api/bulkUsers";

const actions: readonly { action: BulkAction; permission: string }[] = [
  { action: "ban", permission: "users:ban" },
  { action: "unban", permission: "users:ban" },
  { action: "revokeSessions", permission: "sessions:revoke" },
  { action: "setRoles", permission: "users:set-role" },
  { action: "delete", permission: "users:delete" },
];

/** What can be done with the selected users, and what came of it for each. */
export function BulkBar({ selected, onClear }: { selected: ReadonlySet<string>; onClear: () => void }) {
  const { t, lookup } = useI18n();
  const may = useMay();
  const bulk = useBulkUsers();
  const roleList = useRoles(may("roles:read") && selected.size > 0);
  const [action, setAction] = useState<BulkAction | null>(null);
  const [reason, setReason] = useState("");
  const [roles, setRoles] = useState<string[]>([]);
  const failures = bulk.data?.results.filter((r) => !r.ok) ?? [];
  const submit = () => {
    if (action) {
      bulk.mutate(
        { action, ids: [...selected], ...(action === "ban" ? { reason } : {}), ...(action === "setRoles" ? { roles } : {}) },
        { onSuccess: (result) => { setAction(null); if (result.failed === 0) { onClear(); } } },
      );
    }
  };
  if (selected.size === 0 && !bulk.data) {
    return null;
  }

  return (
    <Card withBorder padding="sm">
      <Stack gap="xs">
        {selected.size > 0 && (
          <Group gap="xs">
            <Text fw={600} size="sm" role="status">{t("bulk.selected", { count: selected.size })}</Text>
            {actions.filter((a) => may(a.permission)).map((a) => (
              <Button key={a.action} size="xs" variant="default" disabled={selected.size > 500} onClick={() => { bulk.reset(); setAction(a.action); }}>{t(`bulk.${a.action}`)}</Button>
            ))}
            <Button size="xs" variant="subtle" onClick={() => { bulk.reset(); onClear(); }}>{t("bulk.clear")}</Button>
          </Group>
        )}
        {selected.size > 500 && <Text size="sm">{t("bulk.limit")}</Text>}
        {bulk.data && (
          <div role="status">
            <Text size="sm">{t("bulk.result", { succeeded: bulk.data.succeeded, failed: bulk.data.failed })}</Text>
            {failures.length > 0 && <List size="sm">{failures.slice(0, 20).map((f) => <List.Item key={f.id}>{f.id}: {lookup(`error.${f.code ?? ""}`) ?? f.code}</List.Item>)}</List>}
          </div>
        )}
      </Stack>
      {action && (
        <Confirm
          opened onClose={() => setAction(null)} title={t(`bulk.${action}`)} text={t("bulk.confirm", { count: selected.size })} action={t(`bulk.${action}`)} danger={action === "ban" || action === "delete"}
          {...(action === "delete" ? { word: String(selected.size) } : {})} pending={bulk.isPending} error={bulk.error} onConfirm={submit}
        >
          {action === "ban" && <TextInput label={t("ban.reason")} required value={reason} data-autofocus onChange={(e) => setReason(e.currentTarget.value)} />}
          {action === "setRoles" && <TagsInput label={t("roles.title")} data={roleList.data?.map((r) => r.name) ?? []} value={roles} onChange={setRoles} />}
        </Confirm>
      )}
    </Card>
  );
}
