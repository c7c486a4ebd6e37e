import { Alert, Button, Checkbox, Group, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { ApiError, type UserDto } from "@roundtable/client";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useI18n } from "../../../i18n";
import { fieldError, isFieldError } from "../../../shared/lib/errors";
import { say } from "../../../shared/lib/toasts";
import { Failure } from "../../../shared/ui/Failure";
import { Section } from "../../../shared/ui/Section";
import { userKey } from "./api/getUser";
import { useUpdateUser } from "./api/updateUser";

export function EditSection({ user, version }: { user: UserDto; version: string | undefined }) {
  const { t } = useI18n();
  const queries = useQueryClient();
  const update = useUpdateUser(user.id);
  const [form, setForm] = useState({ name: user.name, email: user.email, emailVerified: user.emailVerified, bio: user.profile.bio ?? "" });
  const stale = update.error instanceof ApiError && update.error.code === "stale_version";
  const submit = () => update.mutate({
    version,
    request: {
      ...(form.name === user.name ? {} : { name: form.name }),
      ...(form.email === user.email ? {} : { email: form.email }),
      ...(form.emailVerified === user.emailVerified ? {} : { emailVerified: form.emailVerified }),
      ...(form.bio === (user.profile.bio ?? "") ? {} : { bio: form.bio || null }),
    },
  }, { onSuccess: () => say(t("user.saved")) });
  return (
    <Section title={t("profile.title")}>
      <form onSubmit={(e) => { e.preventDefault(); submit(); }}>
        <Stack maw={560}>
          <TextInput label={t("name")} required maxLength={100} value={form.name} error={fieldError(update.error, "name")} onChange={(e) => setForm({ ...form, name: e.currentTarget.value })} />
          <TextInput label={t("email")} type="email" required value={form.email} error={fieldError(update.error, "email")} onChange={(e) => setForm({ ...form, email: e.currentTarget.value })} />
          <Checkbox label={t("users.verified")} checked={form.emailVerified} onChange={(e) => setForm({ ...form, emailVerified: e.currentTarget.checked })} />
          <Textarea label={t("profile.bio")} autosize minRows={2} maxRows={6} value={form.bio} error={fieldError(update.error, "bio")} onChange={(e) => setForm({ ...form, bio: e.currentTarget.value })} />
          {stale
            ? (
                <Alert color="orange" title={t("user.conflict")} role="alert">
                  <Stack gap="xs" align="flex-start">
                    <Text size="sm">{t("error.stale_version")}</Text>
                    <Button size="xs" onClick={() => { update.reset(); void queries.invalidateQueries({ queryKey: userKey(user.id) }); }}>{t("user.reload")}</Button>
                  </Stack>
                </Alert>
              )
            : !isFieldError(update.error, "name", "email", "bio") && <Failure error={update.error} />}
          <Group><Button type="submit" loading={update.isPending}>{t("save")}</Button></Group>
        </Stack>
      </form>
    </Section>
  );
}
