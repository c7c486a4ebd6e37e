import { Badge, Button, Card, Group, Stack, Text, TextInput, Title } from "@mantine/core";
import type { RoleDto } from "@roundtable/client";
import { useState } from "react";
import { useI18n } from "../../../i18n";
import { isFieldError, useFieldError } from "../../../shared/lib/errors";
import { useMay, useSignedIn } from "../../../shared/lib/session";
import { sayUndoable } from "../../../shared/lib/toasts";
import { useDraft } from "../../../shared/lib/unsaved";
import { Confirm } from "../../../shared/ui/Confirm";
import { Dialog } from "../../../shared/ui/Dialog";
import { Failure } from "../../../shared/ui/Failure";
import { Icon } from "../../../shared/ui/Icon";
import { Loading } from "../../../shared/ui/Loading";
import { Page } from "../../../shared/ui/Page";
import { PermissionChoice } from "../../../shared/ui/PermissionChoice";
import { useDeleteRole } from "./api/deleteRole";
import { useRoles } from "./api/listRoles";
import { useSaveRole } from "./api/saveRole";

interface Draft {
  name: string;
  permissions: readonly string[];
  isNew: boolean;
}

export default function RolesPage() {
  const { t } = useI18n();
  const may = useMay();
  const roles = useRoles();
  const remove = useDeleteRole();
  const [draft, setDraft] = useState<Draft | null>(null);
  const [removing, setRemoving] = useState<string | null>(null);
  const write = may("changeRoles");
  return (
    <Page
      title={t("roles.title")}
      lead={t("roles.lead")}
      actions={
        write && (
          <Button leftSection={<Icon name="plus" />} onClick={() => setDraft({ name: "", permissions: [], isNew: true })}>
            {t("roles.add")}
          </Button>
        )
      }
    >
      <Failure error={roles.error} retry={() => void roles.refetch()} />
      {roles.isPending && <Loading rows={3} height={80} />}
      <Stack>
        {roles.data?.map((role) => (
          <Role
            key={role.name}
            role={role}
            {...(write && !role.builtIn
              ? { onEdit: () => setDraft({ ...role, isNew: false }), onRemove: () => setRemoving(role.name) }
              : {})}
          />
        ))}
      </Stack>
      {draft && <Editor draft={draft} taken={roles.data?.map((r) => r.name) ?? []} onClose={() => setDraft(null)} />}
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

function Role({ role, onEdit, onRemove }: { role: RoleDto; onEdit?: () => void; onRemove?: () => void }) {
  const { t } = useI18n();
  return (
    <Card withBorder component="section" aria-label={role.name}>
      <Stack gap="xs">
        <Group justify="space-between">
          <Group gap="xs">
            <Title order={2}>{role.name}</Title>
            {role.builtIn && <Badge variant="default">{t("roles.builtIn")}</Badge>}
          </Group>
          {onEdit && (
            <Group gap="xs">
              <Button size="xs" variant="default" onClick={onEdit}>
                {t("edit")}
              </Button>
              <Button size="xs" variant="default" onClick={onRemove}>
                {t("roles.delete")}
              </Button>
            </Group>
          )}
        </Group>
        {role.permissions.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t("roles.none")}
          </Text>
        ) : (
          <Group gap={6}>
            {role.permissions.map((p) => (
              <Badge key={p} variant="default" tt="none" fw={500}>
                {p}
              </Badge>
            ))}
          </Group>
        )}
      </Stack>
    </Card>
  );
}

function Editor({ draft, taken, onClose }: { draft: Draft; taken: readonly string[]; onClose: () => void }) {
  const { t } = useI18n();
  const fieldError = useFieldError();
  // Users cannot grant permissions they lack, so these are all the options.
  const grantable = useSignedIn().permissions;
  const save = useSaveRole();
  const remove = useDeleteRole();
  const [form, setForm, leave] = useDraft("role", { name: draft.name, permissions: draft.permissions });
  const { permissions } = form;
  const name = form.name.trim();
  // Saving would replace the existing role.
  const isTaken = draft.isNew && taken.includes(name);
  const submit = () =>
    save.mutate(
      { name, permissions: [...permissions] },
      {
        onSuccess: () => {
          // No user has a new role yet, so undoing deletes it.
          const undo = draft.isNew ? () => remove.mutateAsync(name) : () => save.mutateAsync({ name, permissions: [...draft.permissions] });
          sayUndoable(t("roles.saved", { name }), undo);
          onClose();
        },
      },
    );
  return (
    <Dialog onClose={() => leave(onClose)} title={draft.isNew ? t("roles.add") : draft.name} size="lg">
      <form
        onSubmit={(e) => {
          e.preventDefault();
          submit();
        }}
      >
        <Stack>
          {draft.isNew && (
            <TextInput
              label={t("name")}
              description={t("roles.nameHint")}
              required
              maxLength={50}
              value={form.name}
              error={isTaken ? t("roles.taken") : fieldError(save.error, "name")}
              data-autofocus
              onChange={(e) => setForm({ ...form, name: e.currentTarget.value })}
            />
          )}
          <PermissionChoice
            label={t("roles.permissions")}
            all={[...grantable, ...draft.permissions]}
            chosen={permissions}
            locked={(p) => !grantable.includes(p)}
            error={fieldError(save.error, "permissions")}
            onChange={(chosen) => setForm({ ...form, permissions: chosen })}
          />
          {!isFieldError(save.error, "name", "permissions") && <Failure error={save.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t("cancel")}
            </Button>
            <Button type="submit" loading={save.isPending} disabled={isTaken}>
              {t("save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
