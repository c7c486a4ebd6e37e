import { Button, Checkbox, Group, MultiSelect, Stack, TextInput } from "@mantine/core";
import { useNavigate } from "react-router";
import { useI18n } from "../../../i18n";
import { isFieldError, useFieldError } from "../../../shared/lib/errors";
import { useMay } from "../../../shared/lib/session";
import { say } from "../../../shared/lib/toasts";
import { forgetUnsaved, useDraft } from "../../../shared/lib/unsaved";
import { Cancel } from "../../../shared/ui/Cancel";
import { Dialog } from "../../../shared/ui/Dialog";
import { Failure } from "../../../shared/ui/Failure";
import { NewPassword } from "../../../shared/ui/NewPassword";
import { useRoles } from "../roles/api/listRoles";
import { useCreateUser } from "./api/createUser";

export function CreateUser({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const fieldError = useFieldError();
  const may = useMay();
  const navigate = useNavigate();
  const roles = useRoles(may("listRoles"));
  const create = useCreateUser();
  const [form, setForm, leave] = useDraft("new user", { email: "", name: "", roles: [] as string[], password: "", sendInvitation: true }, [
    "password",
  ]);
  const submit = () =>
    create.mutate(
      {
        email: form.email.trim(),
        name: form.name.trim() || null,
        password: form.password || null,
        roles: form.roles.length > 0 ? form.roles : null,
        sendInvitation: form.sendInvitation,
      },
      {
        onSuccess: (user) => {
          say(t("create.done", { email: user.email }));
          forgetUnsaved();
          onClose();
          void navigate(`/admin/users/${user.id}`);
        },
      },
    );
  return (
    <Dialog onClose={() => leave(onClose)} title={t("create.title")}>
      <form
        onSubmit={(e) => {
          e.preventDefault();
          submit();
        }}
      >
        <Stack>
          <TextInput
            label={t("email")}
            type="email"
            required
            value={form.email}
            error={fieldError(create.error, "email")}
            data-autofocus
            onChange={(e) => setForm({ ...form, email: e.currentTarget.value })}
          />
          <TextInput
            label={t("name")}
            maxLength={100}
            value={form.name}
            error={fieldError(create.error, "name")}
            onChange={(e) => setForm({ ...form, name: e.currentTarget.value })}
          />
          {may("setRoles") && roles.data && (
            <MultiSelect
              label={t("roles.title")}
              data={roles.data.map((r) => r.name)}
              value={form.roles}
              error={fieldError(create.error, "roles")}
              onChange={(names) => setForm({ ...form, roles: names })}
            />
          )}
          {may("setPassword") && (
            <NewPassword
              label={t("create.password")}
              required={false}
              value={form.password}
              error={fieldError(create.error, "password")}
              onChange={(password) => setForm({ ...form, password })}
            />
          )}
          <Checkbox
            label={t("create.invite")}
            checked={form.sendInvitation}
            onChange={(e) => setForm({ ...form, sendInvitation: e.currentTarget.checked })}
          />
          {!isFieldError(create.error, "email", "name", "roles", "password") && <Failure error={create.error} />}
          <Group justify="flex-end">
            <Cancel />
            <Button type="submit" loading={create.isPending}>
              {t("create.action")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
