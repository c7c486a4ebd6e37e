import { Button, Checkbox, Group, Stack, Textarea, TextInput } from "@mantine/core";
import { etagOf, type UpdateUserRequest, type UserDto } from "@roundtable/client";
import { useI18n } from "../../../i18n";
import { changes } from "../../../shared/lib/changes";
import { isConflict } from "../../../shared/lib/conflicts";
import { isFieldError, useFieldError } from "../../../shared/lib/errors";
import { editedExtra, extraPaths, formerExtra } from "../../../shared/lib/profileFields";
import { useSignedIn } from "../../../shared/lib/session";
import { sayFailure, sayUndoable } from "../../../shared/lib/toasts";
import { optional, trimmed } from "../../../shared/lib/trimmed";
import { useDraft } from "../../../shared/lib/unsaved";
import { Conflict } from "../../../shared/ui/Conflict";
import { ExtraFields } from "../../../shared/ui/ExtraFields";
import { Failure } from "../../../shared/ui/Failure";
import { Section } from "../../../shared/ui/Section";
import { useReloadUser } from "./api/getUser";
import { useUpdateUser } from "./api/updateUser";

type Draft = Pick<UpdateUserRequest, "name" | "email" | "emailVerified" | "bio" | "extra">;

/** Keeps edits apart from the stored values: only edits are sent, and they survive another user's change. */
export function EditSection({ user, version }: { user: UserDto; version: string | undefined }) {
  const { t } = useI18n();
  const fieldError = useFieldError();
  const reload = useReloadUser(user.id);
  const update = useUpdateUser(user.id);
  const undo = useUpdateUser(user.id);
  const [draft, setDraft] = useDraft<Draft>(`user ${user.id}`, {});
  const { extra } = user.profile;
  // Users change their own address on another page.
  const isMe = useSignedIn().user.id === user.id;
  const before = { name: user.name, email: user.email, emailVerified: user.emailVerified, bio: user.profile.bio, extra };
  const form = { ...before, ...draft };
  // What is typed as it was is no edit.
  const edit = (to: Draft) => setDraft(changes({ ...draft, ...to }, { ...before, extra: {} }));
  const save = (to: string | undefined) => {
    const former = {
      ...(Object.fromEntries(Object.keys(draft).map((k) => [k, before[k as keyof Draft]])) as Draft),
      ...formerExtra(extra, draft.extra),
    };
    // A new address may need verification; undo restores the former state.
    const back = draft.email === undefined ? former : { ...former, emailVerified: before.emailVerified };
    update.mutate(
      { version: to, request: trimmed(draft) },
      {
        onSuccess: (answer) => {
          setDraft({});
          sayUndoable(t("user.saved"), () => undo.mutateAsync({ version: etagOf(answer), request: back }));
        },
      },
    );
  };
  return (
    <Section title={t("profile.title")}>
      <form
        onSubmit={(e) => {
          e.preventDefault();
          save(version);
        }}
      >
        <Stack maw={560}>
          <TextInput
            label={t("name")}
            required
            maxLength={100}
            value={form.name ?? ""}
            error={fieldError(update.error, "name")}
            onChange={(e) => edit({ name: e.currentTarget.value })}
          />
          <TextInput
            label={t("email")}
            type="email"
            required
            disabled={isMe}
            value={form.email ?? ""}
            error={fieldError(update.error, "email")}
            onChange={(e) => edit({ email: e.currentTarget.value })}
          />
          <Checkbox
            label={t("users.verified")}
            disabled={isMe}
            checked={form.emailVerified ?? false}
            onChange={(e) => edit({ emailVerified: e.currentTarget.checked })}
          />
          <Textarea
            label={t("profile.bio")}
            autosize
            minRows={2}
            maxRows={6}
            value={form.bio ?? ""}
            error={fieldError(update.error, "bio")}
            onChange={(e) => edit({ bio: optional(e.currentTarget.value) })}
          />
          {extra && (
            <ExtraFields
              asAdmin
              values={{ ...extra, ...draft.extra }}
              error={update.error}
              onChange={(name, value) => edit({ extra: editedExtra(extra, draft.extra, name, value) })}
            />
          )}
          {isConflict(update.error) ? (
            <Conflict
              onReload={() => {
                void reload().then(() => {
                  update.reset();
                  setDraft({});
                }, sayFailure);
              }}
              onAgain={() => void reload().then((fresh) => save(fresh.data?.version), sayFailure)}
            />
          ) : (
            !isFieldError(update.error, "name", "email", "bio", ...extraPaths(extra)) && <Failure error={update.error} />
          )}
          <Group>
            <Button type="submit" loading={update.isPending} disabled={Object.keys(draft).length === 0}>
              {t("save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
