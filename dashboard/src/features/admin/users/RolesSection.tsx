import { Badge, Button, Group, Stack, TagsInput, Text } from "@mantine/core";
import { etagOf, type UserDto } from "@roundtable/client";
import { useI18n } from "../../../i18n";
import { isConflict } from "../../../shared/lib/conflicts";
import { isFieldError, useFieldError } from "../../../shared/lib/errors";
import { useMay, useSignedIn } from "../../../shared/lib/session";
import { sayFailure, sayUndoable } from "../../../shared/lib/toasts";
import { useDraft } from "../../../shared/lib/unsaved";
import { Conflict } from "../../../shared/ui/Conflict";
import { Failure } from "../../../shared/ui/Failure";
import { Section } from "../../../shared/ui/Section";
import { useRoles } from "../roles/api/listRoles";
import { useReloadUser } from "./api/getUser";
import { useSetRoles } from "./api/setRoles";

const alike = (a: readonly string[], b: readonly string[]) => [...a].sort().join() === [...b].sort().join();

export function RolesSection({ user, version }: { user: UserDto; version: string | undefined }) {
  const { t } = useI18n();
  const fieldError = useFieldError();
  const may = useMay();
  const known = useRoles(may("listRoles"));
  const reload = useReloadUser(user.id);
  const me = useSignedIn().user.id;
  const [draft, setDraft] = useDraft<string[] | null>(`roles of ${user.id}`, null);
  const change = useSetRoles(user.id);
  const undo = useSetRoles(user.id);
  const allowed = may("setRoles") && user.id !== me;
  const roles = draft ?? user.roles;
  const save = (to: string | undefined) => {
    const former = user.roles;
    change.mutate(
      { roles, version: to },
      {
        onSuccess: (answer) => {
          setDraft(null);
          sayUndoable(t("user.rolesSaved"), () => undo.mutateAsync({ roles: former, version: etagOf(answer) }));
        },
      },
    );
  };
  return (
    <Section title={t("roles.title")} text={t("user.rolesText")}>
      <form
        onSubmit={(e) => {
          e.preventDefault();
          save(version);
        }}
      >
        <Stack maw={560}>
          {allowed ? (
            <TagsInput
              label={t("roles.title")}
              data={known.data?.map((r) => r.name) ?? []}
              value={roles}
              error={fieldError(change.error, "roles")}
              onChange={(names) => setDraft(alike(names, user.roles) ? null : names)}
              acceptValueOnBlur
              comboboxProps={{ position: "top" }}
            />
          ) : user.roles.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t("serviceAccounts.noRoles")}
            </Text>
          ) : (
            <Group gap={6}>
              {user.roles.map((r) => (
                <Badge key={r} variant="default">
                  {r}
                </Badge>
              ))}
            </Group>
          )}
          {isConflict(change.error) ? (
            <Conflict
              onReload={() => {
                void reload().then(() => {
                  change.reset();
                  setDraft(null);
                }, sayFailure);
              }}
              onAgain={() => void reload().then((fresh) => save(fresh.data?.version), sayFailure)}
            />
          ) : (
            !(allowed && isFieldError(change.error, "roles")) && <Failure error={change.error} />
          )}
          {allowed && (
            <Group>
              <Button type="submit" loading={change.isPending} disabled={alike(roles, user.roles)}>
                {t("save")}
              </Button>
            </Group>
          )}
        </Stack>
      </form>
    </Section>
  );
}
