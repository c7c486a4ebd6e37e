import { Alert, Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useI18n } from "../../../i18n";
import { isFieldError, useFieldError } from "../../../shared/lib/errors";
import { isPowerful } from "../../../shared/lib/permissions";
import { useSignedIn } from "../../../shared/lib/session";
import { sayUndoable } from "../../../shared/lib/toasts";
import { useDraft } from "../../../shared/lib/unsaved";
import { Cancel } from "../../../shared/ui/Cancel";
import { Dialog } from "../../../shared/ui/Dialog";
import { Failure } from "../../../shared/ui/Failure";
import { PermissionChoice } from "../../../shared/ui/PermissionChoice";
import { useDeleteRole } from "./api/deleteRole";
import { useSaveRole } from "./api/saveRole";
import { PowerWarning } from "./PowerWarning";
import { useSummary } from "./useSummary";

export interface Draft {
  permissions: readonly string[];
  /** The role to change; absent for a new one. */
  edited?: string;
  /** The role that a new one begins as. */
  copyOf?: string;
}

/** Creates a role, or changes what it allows. Its name stays, because it is its key. */
export function RoleEditor({ draft, taken, onClose }: { draft: Draft; taken: readonly string[]; onClose: () => void }) {
  const { t } = useI18n();
  const fieldError = useFieldError();
  const summary = useSummary();
  // Users cannot grant permissions they lack, so these are all the options.
  const grantable = useSignedIn().permissions;
  const save = useSaveRole();
  const remove = useDeleteRole();
  const { edited, copyOf } = draft;
  const [form, setForm, leave] = useDraft("role", {
    name: edited ?? (copyOf === undefined ? "" : `${copyOf}-2`),
    permissions: draft.permissions,
  });
  const { permissions } = form;
  const name = form.name.trim();
  // Saving would replace the existing role.
  const isTaken = edited === undefined && taken.includes(name);
  const submit = () =>
    save.mutate(
      { name, permissions: [...permissions] },
      {
        onSuccess: () => {
          // No user has a new role yet, so undoing deletes it.
          const undo =
            edited === undefined ? () => remove.mutateAsync(name) : () => save.mutateAsync({ name, permissions: [...draft.permissions] });
          sayUndoable(t("roles.saved", { name }), undo);
          onClose();
        },
      },
    );
  return (
    <Dialog
      onClose={() => leave(onClose)}
      title={edited ?? (copyOf === undefined ? t("roles.add") : t("roles.copyOne", { name: copyOf }))}
      size="lg"
    >
      <form
        onSubmit={(e) => {
          e.preventDefault();
          submit();
        }}
      >
        <Stack>
          {edited === undefined && (
            <TextInput
              label={t("name")}
              description={t("roles.nameHint")}
              required
              maxLength={64}
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
            warning={(p) => isPowerful(p) && <PowerWarning permission={p} />}
            error={fieldError(save.error, "permissions")}
            onChange={(chosen) => setForm({ ...form, permissions: chosen })}
          />
          <Text size="sm" aria-live="polite">
            {summary({ permissions: [...permissions], builtIn: false })}
          </Text>
          {permissions.some(isPowerful) && (
            <Alert color="orange" title={t("roles.powerful")}>
              {t("roles.powerfulText")}
            </Alert>
          )}
          {!isFieldError(save.error, "name", "permissions") && <Failure error={save.error} />}
          <Group justify="flex-end">
            <Cancel />
            <Button type="submit" loading={save.isPending} disabled={isTaken}>
              {t("save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
