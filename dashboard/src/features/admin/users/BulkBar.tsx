import { Button, Card, Group, List, Stack, Text } from "@mantine/core";
import type { BulkAction, BulkResultDto } from "@roundtable/client";
import { useCallback, useRef, useState } from "react";
import { useI18n } from "../../../i18n";
import { useFormat } from "../../../shared/lib/format";
import { useJobs } from "../../../shared/lib/jobs";
import { type Access, useMay } from "../../../shared/lib/session";
import { sayUndoable } from "../../../shared/lib/toasts";
import { isUnfiltered, useBulkMatching } from "./api/bulkMatching";
import { useBulkUsers } from "./api/bulkUsers";
import { pageSize } from "./api/listUsers";
import { useUndoBulk } from "./api/undoBulk";
import { BulkConfirm, type BulkValues } from "./BulkConfirm";
import { useFilterWords } from "./useFilterWords";
import type { Selection, SelectionState } from "./useSelection";
import type { UserFilterState } from "./useUserFilter";

const limit = 500;

const actions: readonly { action: BulkAction; needs: Access }[] = [
  { action: "ban", needs: "banUser" },
  { action: "unban", needs: "banUser" },
  { action: "revokeSessions", needs: "endSessions" },
  { action: "setRoles", needs: "setRoles" },
  { action: "delete", needs: "deleteUser" },
];

/** Whether the user may do anything with a selection of users. */
export function useMayBulk() {
  const may = useMay();
  return actions.some((a) => may(a.needs));
}

interface Props {
  selection: SelectionState;
  state: UserFilterState;
  /** The number of users that match. */
  total: number | null;
}

/** The actions for the selected users, and the result for each user. */
export function BulkBar({ selection, state, total }: Props) {
  const { t, lookup } = useI18n();
  const may = useMay();
  const format = useFormat();
  const bulk = useBulkUsers();
  const matching = useBulkMatching();
  const busy = useJobs().some((j) => j.kind === "bulk" && j.state === "running");
  const undoOf = useUndoBulk();
  const words = useFilterWords()(state.query);
  const [action, setAction] = useState<BulkAction | null>(null);
  const [before, setBefore] = useState<Selection>(new Map());
  const close = useCallback(() => setAction(null), []);
  const { users, all } = selection;
  const latest = useRef(selection);
  latest.current = selection;
  const count = all ? (total ?? 0) : users.size;
  const failures = bulk.data?.results.filter((r) => !r.ok) ?? [];
  const reset = () => {
    bulk.reset();
    matching.reset();
  };
  const finish = (done: BulkAction, result: BulkResultDto) => {
    const undo = undoOf(done, [...users.values()], result);
    if (undo) {
      sayUndoable(t("bulk.result", { succeeded: result.succeeded, failed: result.failed }), undo);
    }

    close();
    setBefore(users);
    // Another attempt concerns only those that failed.
    const failed = new Set(result.results.filter((r) => !r.ok).map((r) => r.id));
    selection.select(new Map([...users].filter(([id]) => failed.has(id))));
    if (result.failed === 0 && undo) {
      bulk.reset();
    }
  };
  const submit = (values: BulkValues) => {
    if (all) {
      matching.mutate(
        {
          request: { ...values, expected: count },
          filter: state.filter,
          name: t("bulk.job", { action: t(`bulk.${values.action}`), count }),
          view: state.view,
          onStart: close,
        },
        {
          onSuccess: (report) => {
            // Not in place of what was selected meanwhile.
            if (latest.current.all || latest.current.users.size === 0) {
              selection.select(new Map(report.failures.map((f) => [f.id, { id: f.id, email: f.email ?? f.id }])));
            }
          },
        },
      );
    } else {
      bulk.mutate({ ...values, ids: [...users.keys()] }, { onSuccess: (result) => finish(values.action, result) });
    }
  };
  if (count === 0 && !bulk.data) {
    return null;
  }

  const search = state.query.get("search");
  const filterText = [...(search ? [t("chip.search", { search })] : []), ...words.map((w) => w.text)].join(" · ");
  const text = !all
    ? t("bulk.confirm", { count })
    : isUnfiltered(state.filter)
      ? t("bulk.confirmEverybody", { count })
      : t("bulk.confirmMatching", { count, filter: filterText });
  // After what is loaded was selected.
  const more = !all && total !== null && total > users.size && users.size >= pageSize;
  return (
    <Card withBorder padding="xs">
      <Stack gap="xs">
        {count > 0 && (
          <Group gap="xs">
            <Text fw={600} size="sm" role="status">
              {all ? t("bulk.selectedAll", { count }) : t("bulk.selected", { count })}
            </Text>
            {more && (
              <Button size="compact-sm" variant="light" onClick={selection.selectAll}>
                {t("bulk.selectAll", { count: format.number(total) })}
              </Button>
            )}
            {actions
              .filter((a) => may(a.needs))
              .map((a) => (
                <Button
                  key={a.action}
                  size="compact-sm"
                  variant="default"
                  disabled={all ? busy : users.size > limit}
                  onClick={() => {
                    reset();
                    setAction(a.action);
                  }}
                >
                  {t(`bulk.${a.action}`)}
                </Button>
              ))}
            <Button
              size="compact-sm"
              variant="subtle"
              onClick={() => {
                reset();
                selection.select(new Map());
              }}
            >
              {t("bulk.clear")}
            </Button>
          </Group>
        )}
        {all && busy && <Text size="sm">{t("bulk.busy")}</Text>}
        {!all && users.size > limit && <Text size="sm">{t("bulk.limit")}</Text>}
        {bulk.data && (
          <div role="status">
            <Text size="sm">{t("bulk.result", { succeeded: bulk.data.succeeded, failed: bulk.data.failed })}</Text>
            {failures.length > 0 && (
              <List size="sm">
                {failures.slice(0, 20).map((f) => (
                  <List.Item key={f.id}>
                    {before.get(f.id)?.email ?? f.id}: {lookup(`error.${f.code ?? ""}`) ?? f.code}
                  </List.Item>
                ))}
              </List>
            )}
          </div>
        )}
        {bulk.data && count === 0 && (
          <Group>
            <Button size="compact-sm" variant="subtle" onClick={bulk.reset}>
              {t("close")}
            </Button>
          </Group>
        )}
      </Stack>
      {action && (
        <BulkConfirm
          action={action}
          count={count}
          text={text}
          typed={all ? action !== "unban" : action === "delete" || action === "revokeSessions"}
          pending={bulk.isPending || matching.isPending}
          error={all ? matching.error : bulk.error}
          onClose={close}
          onConfirm={submit}
        />
      )}
    </Card>
  );
}
