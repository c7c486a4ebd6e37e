import { Button, Card, Group, List, Stack, TagsInput, Text, TextInput } from "@mantine/core";
import type { BulkAction, BulkResultDto } from "@roundtable/client";
import { useState } from "react";
import { useI18n } from "../../../i18n";
import { type Access, useMay } from "../../../shared/lib/session";
import { sayUndoable } from "../../../shared/lib/toasts";
import { Confirm } from "../../../shared/ui/Confirm";
import { useRoles } from "../roles/api/listRoles";
import { useBulkUsers } from "./api/bulkUsers";
import { useUndoBulk } from "./api/undoBulk";
import type { Selection } from "./UserTable";

const actions: readonly { action: BulkAction; needs: Access }[] = [
  { action: "ban", needs: "banUser" },
  { action: "unban", needs: "banUser" },
  { action: "revokeSessions", needs: "endSessions" },
  { action: "setRoles", needs: "setRoles" },
  { action: "delete", needs: "deleteUser" },
];

/** The actions for the selected users, and the result for each user. */
export function BulkBar({ selected, onSelect }: { selected: Selection; onSelect: (selected: Selection) => void }) {
  const { t, lookup } = useI18n();
  const may = useMay();
  const bulk = useBulkUsers();
  const undoOf = useUndoBulk();
  const roleList = useRoles(may("listRoles") && selected.size > 0);
  const [action, setAction] = useState<BulkAction | null>(null);
  const [reason, setReason] = useState("");
  const [roles, setRoles] = useState<string[]>([]);
  const clear = () => onSelect(new Map());
  const failures = bulk.data?.results.filter((r) => !r.ok) ?? [];
  const finish = (done: BulkAction, result: BulkResultDto) => {
    const undo = undoOf(done, [...selected.values()], result);
    if (undo) {
      sayUndoable(t("bulk.result", { succeeded: result.succeeded, failed: result.failed }), undo);
    }

    setAction(null);
    setReason("");
    // Another attempt concerns only those that failed.
    const failed = new Set(result.results.filter((r) => !r.ok).map((r) => r.id));
    onSelect(new Map([...selected].filter(([id]) => failed.has(id))));
    if (result.failed === 0 && undo) {
      bulk.reset();
    }
  };
  const submit = () => {
    if (action) {
      bulk.mutate(
        {
          action,
          ids: [...selected.keys()],
          ...(action === "ban" ? { reason: reason.trim() } : {}),
          ...(action === "setRoles" ? { roles } : {}),
        },
        { onSuccess: (result) => finish(action, result) },
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
            <Text fw={600} size="sm" role="status">
              {t("bulk.selected", { count: selected.size })}
            </Text>
            {actions
              .filter((a) => may(a.needs))
              .map((a) => (
                <Button
                  key={a.action}
                  size="xs"
                  variant="default"
                  disabled={selected.size > 500}
                  onClick={() => {
                    bulk.reset();
                    setAction(a.action);
                  }}
                >
                  {t(`bulk.${a.action}`)}
                </Button>
              ))}
            <Button
              size="xs"
              variant="subtle"
              onClick={() => {
                bulk.reset();
                clear();
              }}
            >
              {t("bulk.clear")}
            </Button>
          </Group>
        )}
        {selected.size > 500 && <Text size="sm">{t("bulk.limit")}</Text>}
        {bulk.data && (
          <div role="status">
            <Text size="sm">{t("bulk.result", { succeeded: bulk.data.succeeded, failed: bulk.data.failed })}</Text>
            {failures.length > 0 && (
              <List size="sm">
                {failures.slice(0, 20).map((f) => (
                  <List.Item key={f.id}>
                    {selected.get(f.id)?.email ?? f.id}: {lookup(`error.${f.code ?? ""}`) ?? f.code}
                  </List.Item>
                ))}
              </List>
            )}
          </div>
        )}
        {bulk.data && selected.size === 0 && (
          <Group>
            <Button size="xs" variant="subtle" onClick={bulk.reset}>
              {t("close")}
            </Button>
          </Group>
        )}
      </Stack>
      {action && (
        <Confirm
          opened
          onClose={() => setAction(null)}
          title={t(`bulk.${action}`)}
          text={t("bulk.confirm", { count: selected.size })}
          action={t(`bulk.${action}`)}
          danger={action !== "unban" && action !== "setRoles"}
          {...(action === "delete" || action === "revokeSessions" ? { word: String(selected.size) } : {})}
          pending={bulk.isPending}
          error={bulk.error}
          onConfirm={submit}
        >
          {action === "ban" && (
            <TextInput label={t("ban.reason")} required value={reason} data-autofocus onChange={(e) => setReason(e.currentTarget.value)} />
          )}
          {action === "setRoles" && (
            <TagsInput label={t("roles.title")} data={roleList.data?.map((r) => r.name) ?? []} value={roles} onChange={setRoles} />
          )}
        </Confirm>
      )}
    </Card>
  );
}
