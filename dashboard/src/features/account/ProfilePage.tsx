import { Autocomplete, Button, Group, Select, Stack, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useI18n } from "../../i18n";
import { fieldError, isFieldError } from "../../shared/lib/errors";
import { useSignedIn } from "../../shared/lib/session";
import { say } from "../../shared/lib/toasts";
import { Failure } from "../../shared/ui/Failure";
import { Page } from "../../shared/ui/Page";
import { Section } from "../../shared/ui/Section";
import { useUpdateMe } from "./api/updateMe";

const zones = Intl.supportedValuesOf("timeZone");
const locales = ["de-CH", "de-DE", "en-GB", "en-US", "es-ES", "fr-FR", "it-IT"];

export default function ProfilePage() {
  const { t } = useI18n();
  const { user } = useSignedIn();
  const update = useUpdateMe();
  const [form, setForm] = useState({
    name: user.name,
    image: user.image ?? "",
    bio: user.profile.bio ?? "",
    locale: user.profile.locale ?? "",
    timeZone: user.profile.timeZone,
  });
  const save = () => update.mutate(
    { name: form.name, image: form.image || null, bio: form.bio || null, locale: form.locale || null, timeZone: form.timeZone },
    { onSuccess: () => say(t("profile.saved")) },
  );
  return (
    <Page title={t("profile.title")} lead={user.email}>
      <Section title={t("profile.about")} text={t("profile.aboutText")}>
        <form onSubmit={(e) => { e.preventDefault(); save(); }}>
          <Stack maw={560}>
            <TextInput label={t("name")} autoComplete="name" required maxLength={100} value={form.name} error={fieldError(update.error, "name")} onChange={(e) => setForm({ ...form, name: e.currentTarget.value })} />
            <TextInput label={t("profile.image")} type="url" description={t("profile.imageHint")} value={form.image} error={fieldError(update.error, "image")} onChange={(e) => setForm({ ...form, image: e.currentTarget.value })} />
            <Textarea label={t("profile.bio")} autosize minRows={3} maxRows={8} value={form.bio} error={fieldError(update.error, "bio")} onChange={(e) => setForm({ ...form, bio: e.currentTarget.value })} />
            <Autocomplete label={t("profile.locale")} description={t("profile.localeHint")} data={locales} value={form.locale} error={fieldError(update.error, "locale")} onChange={(locale) => setForm({ ...form, locale })} />
            <Select label={t("profile.timeZone")} placeholder={t("profile.timeZoneAuto")} data={zones} searchable clearable limit={50} value={form.timeZone} error={fieldError(update.error, "timeZone")} clearButtonProps={{ "aria-label": t("clear") }} onChange={(timeZone) => setForm({ ...form, timeZone })} />
            {!isFieldError(update.error, "name", "image", "bio", "locale", "timeZone") && <Failure error={update.error} />}
            <Group><Button type="submit" loading={update.isPending}>{t("save")}</Button></Group>
          </Stack>
        </form>
      </Section>
    </Page>
  );
}
