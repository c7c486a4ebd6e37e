import { Button, Group, Stack, TagsInput, Textarea, TextInput } from "@mantine/core";
import type { ServiceAccountDto } from "@roundtable/client";
import type { ReactNode } from "react";
import { useI18n } from "../../../i18n";
import { isFieldError, useFieldError } from "../../../shared/lib/errors";
import { useMay } from "../../../shared/lib/session";
import { optional, trimmed } from "../../../shared/lib/trimmed";
import { useDraft } from "../../../shared/lib/unsaved";
import { Cancel } from "../../../shared/ui/Cancel";
import { Dialog } from "../../../shared/ui/Dialog";
import { Failure } from "../../../shared/ui/Failure";
import { useRoles } from "../roles/api/listRoles";

export type AccountForm = Pick<ServiceAccountDto, "name" | "description" | "contactEmail" | "roles">;

interface Props {
  title: string;
  action: string;
  before: AccountForm;
  pending: boolean;
  error: Error | null;
  /** Replaces the error where more than its message must be said. */
  problem?: ReactNode;
  onSubmit: (form: AccountForm) => void;
  onClose: () => void;
}

/** A form for a service account. */
export function AccountDialog({ title, action, before, pending, error, problem, onSubmit, onClose }: Props) {
  const { t } = useI18n();
  const fieldError = useFieldError();
  const roles = useRoles(useMay()("listRoles"));
  const [form, setForm, leave] = useDraft("service account", before);
  return (
    <Dialog onClose={() => leave(onClose)} title={title}>
      <form
        onSubmit={(e) => {
          e.preventDefault();
          onSubmit(trimmed(form));
        }}
      >
        <Stack>
          <TextInput
            label={t("name")}
            required
            maxLength={100}
            value={form.name}
            error={fieldError(error, "name")}
            data-autofocus
            onChange={(e) => setForm({ ...form, name: e.currentTarget.value })}
          />
          <Textarea
            label={t("serviceAccounts.description")}
            autosize
            minRows={2}
            maxRows={6}
            maxLength={500}
            value={form.description ?? ""}
            error={fieldError(error, "description")}
            onChange={(e) => setForm({ ...form, description: optional(e.currentTarget.value) })}
          />
          <TextInput
            label={t("serviceAccounts.contact")}
            description={t("serviceAccounts.contactHint")}
            type="email"
            required
            value={form.contactEmail}
            error={fieldError(error, "contactEmail")}
            onChange={(e) => setForm({ ...form, contactEmail: e.currentTarget.value })}
          />
          <TagsInput
            label={t("roles.title")}
            description={t("serviceAccounts.rolesHint")}
            data={roles.data?.map((r) => r.name) ?? []}
            value={form.roles}
            error={fieldError(error, "roles")}
            acceptValueOnBlur
            comboboxProps={{ position: "top" }}
            onChange={(names) => setForm({ ...form, roles: names })}
          />
          {problem ?? (!isFieldError(error, "name", "description", "contactEmail", "roles") && <Failure error={error} />)}
          <Group justify="flex-end">
            <Cancel />
            <Button type="submit" loading={pending}>
              {action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
