import { Autocomplete, Button, Group, Select, Stack, Textarea, TextInput } from "@mantine/core";
import { etagOf, type UpdateProfileRequest, type UserDto } from "@roundtable/client";
import { useI18n } from "../../i18n";
import { changes } from "../../shared/lib/changes";
import { isConflict } from "../../shared/lib/conflicts";
import { isFieldError, useFieldError } from "../../shared/lib/errors";
import { editedExtra, extraPaths, formerExtra } from "../../shared/lib/profileFields";
import { sayFailure, sayUndoable } from "../../shared/lib/toasts";
import { optional, trimmed } from "../../shared/lib/trimmed";
import { useDraft } from "../../shared/lib/unsaved";
import { zones } from "../../shared/lib/zones";
import { Conflict } from "../../shared/ui/Conflict";
import { ExtraFields } from "../../shared/ui/ExtraFields";
import { Failure } from "../../shared/ui/Failure";
import { useUpdateMe } from "./api/updateMe";

const locales = ["de-CH", "de-DE", "en-GB", "en-US", "es-ES", "fr-FR", "it-IT"];

interface Props {
  user: UserDto;
  version: string | undefined;
  reload: (options: { throwOnError: boolean }) => Promise<{ data: { version: string | undefined } | undefined }>;
}

/** Sends only edited fields, with the version they were based on, so that two browsers do not overwrite each other. */
export function ProfileForm({ user, version, reload }: Props) {
  const { t } = useI18n();
  const fieldError = useFieldError();
  const update = useUpdateMe();
  const undo = useUpdateMe();
  const [draft, setDraft] = useDraft<UpdateProfileRequest>("profile", {});
  const { extra } = user.profile;
  const before = { name: user.name, image: user.image, ...user.profile };
  const form = { ...before, ...draft };
  // What is typed as it was is no edit.
  const edit = (to: UpdateProfileRequest) => setDraft(changes({ ...draft, ...to }, { ...before, extra: {} }));
  const save = (to: string | undefined) => {
    const former = Object.fromEntries(Object.keys(draft).map((k) => [k, before[k as keyof typeof before]])) as UpdateProfileRequest;
    update.mutate(
      { request: trimmed(draft), version: to },
      {
        onSuccess: (answer) => {
          setDraft({});
          sayUndoable(t("profile.saved"), () =>
            undo.mutateAsync({ request: { ...former, ...formerExtra(extra, draft.extra) }, version: etagOf(answer) }),
          );
        },
      },
    );
  };
  return (
    <form
      onSubmit={(e) => {
        e.preventDefault();
        save(version);
      }}
    >
      <Stack maw={560}>
        <TextInput
          label={t("name")}
          autoComplete="name"
          required
          maxLength={100}
          value={form.name ?? ""}
          error={fieldError(update.error, "name")}
          onChange={(e) => edit({ name: e.currentTarget.value })}
        />
        <TextInput
          label={t("profile.image")}
          type="url"
          description={t("profile.imageHint")}
          value={form.image ?? ""}
          error={fieldError(update.error, "image")}
          onChange={(e) => edit({ image: optional(e.currentTarget.value) })}
        />
        <Textarea
          label={t("profile.bio")}
          autosize
          minRows={3}
          maxRows={8}
          value={form.bio ?? ""}
          error={fieldError(update.error, "bio")}
          onChange={(e) => edit({ bio: optional(e.currentTarget.value) })}
        />
        <Autocomplete
          label={t("profile.locale")}
          description={t("profile.localeHint")}
          data={locales}
          value={form.locale ?? ""}
          error={fieldError(update.error, "locale")}
          onChange={(locale) => edit({ locale: optional(locale) })}
        />
        <Select
          label={t("profile.timeZone")}
          placeholder={t("profile.timeZoneAuto")}
          data={zones(user.profile.timeZone, form.timeZone ?? null)}
          searchable
          clearable
          limit={50}
          value={form.timeZone}
          error={fieldError(update.error, "timeZone")}
          clearButtonProps={{ "aria-label": t("clear") }}
          onChange={(timeZone) => edit({ timeZone })}
        />
        {extra && (
          <ExtraFields
            values={{ ...extra, ...draft.extra }}
            error={update.error}
            onChange={(name, value) => edit({ extra: editedExtra(extra, draft.extra, name, value) })}
          />
        )}
        {isConflict(update.error) ? (
          <Conflict
            onReload={() => {
              void reload({ throwOnError: true }).then(() => {
                update.reset();
                setDraft({});
              }, sayFailure);
            }}
            onAgain={() => void reload({ throwOnError: true }).then((fresh) => save(fresh.data?.version), sayFailure)}
          />
        ) : (
          !isFieldError(update.error, "name", "image", "bio", "locale", "timeZone", ...extraPaths(extra)) && (
            <Failure error={update.error} />
          )
        )}
        <Group>
          <Button type="submit" loading={update.isPending} disabled={Object.keys(draft).length === 0}>
            {t("save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
