import { Button, Stack } from "@mantine/core";
import { useState } from "react";
import { useI18n } from "../../../i18n";
import { useMay } from "../../../shared/lib/session";
import { Confirm } from "../../../shared/ui/Confirm";
import { Failure } from "../../../shared/ui/Failure";
import { Icon } from "../../../shared/ui/Icon";
import { Loading } from "../../../shared/ui/Loading";
import { Page } from "../../../shared/ui/Page";
import { useDeleteRole } from "./api/deleteRole";
import { useRoles } from "./api/listRoles";
import { RoleCard } from "./RoleCard";
import { type Draft, RoleEditor } from "./RoleEditor";

export default function RolesPage() {
  const { t } = useI18n();
  const roles = useRoles();
  const remove = useDeleteRole();
  const [draft, setDraft] = useState<Draft | null>(null);
  const [removing, setRemoving] = useState<string | null>(null);
  const write = useMay()("changeRoles");
  return (
    <Page
      title={t("roles.title")}
      lead={t("roles.lead")}
      actions={
        write && (
          <Button leftSection={<Icon name="plus" />} onClick={() => setDraft({ permissions: [] })}>
            {t("roles.add")}
          </Button>
        )
      }
    >
      <Failure error={roles.error} retry={() => void roles.refetch()} />
      {roles.isPending && <Loading rows={3} height={80} />}
      <Stack>
        {roles.data?.map((role) => (
          <RoleCard
            key={role.name}
            role={role}
            {...(write
              ? {
                  onCopy: () => setDraft({ permissions: role.permissions, copyOf: role.name }),
                  onEdit: () => setDraft({ permissions: role.permissions, edited: role.name }),
                  onRemove: () => setRemoving(role.name),
                }
              : {})}
          />
        ))}
      </Stack>
      {draft && <RoleEditor draft={draft} taken={roles.data?.map((r) => r.name) ?? []} onClose={() => setDraft(null)} />}
      <Confirm
        opened={removing !== null}
        onClose={() => setRemoving(null)}
        title={t("roles.delete")}
        text={t("roles.deleteText", { name: removing ?? "" })}
        action={t("roles.delete")}
        {...(removing ? { word: removing } : {})}
        pending={remove.isPending}
        error={remove.error}
        onConfirm={() => {
          if (removing) {
            remove.mutate(removing, { onSuccess: () => setRemoving(null) });
          }
        }}
      />
    </Page>
  );
}
