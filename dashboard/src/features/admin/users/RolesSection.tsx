import { Badge, Button, Group, Stack, TagsInput } from "@mantine/core";
import { ApiError, type UserDto } from "@roundtable/client";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useI18n } from "../../../i18n";
import { useMay, useSignedIn } from "../../../shared/lib/session";
import { say } from "../../../shared/lib/toasts";
import { Failure } from "../../../shared/ui/Failure";
import { Section } from "../../../shared/ui/Section";
import { useRoles } from "../roles/api/listRoles";
import { userKey } from "./api/getUser";
import { useSetRoles } from "./api/setRoles";

export function RolesSection({ user, version }: { user: UserDto; version: string | undefined }) {
  const { t } = useI18n();
  const may = useMay();
  const known = useRoles(may("roles:read"));
  const queries = useQueryClient();
  const me = useSignedIn().user.id;
  const [roles, setRoles] = useState(user.roles);
  const change = useSetRoles(user.id);
  const stale = change.error instanceof ApiError && change.error.code === "stale_version";
  const allowed = may("users:set-role") && user.id !== me;
  return (
    <Section title={t("roles.title")} text={t("user.rolesText")}>
      <form onSubmit={(e) => { e.preventDefault(); change.mutate({ roles, version }, { onSuccess: () => say(t("user.rolesSaved")) }); }}>
        <Stack maw={560}>
          {allowed
            ? <TagsInput label={t("roles.title")} data={known.data?.map((r) => r.name) ?? []} value={roles} onChange={setRoles} acceptValueOnBlur />
            : <Group gap={6}>{user.roles.map((r) => <Badge key={r} variant="default">{r}</Badge>)}</Group>}
          <Failure error={change.error} {...(stale ? { retry: () => void queries.invalidateQueries({ queryKey: userKey(user.id) }) } : {})} />
          {allowed && <Group><Button type="submit" loading={change.isPending} disabled={[...roles].sort().join() === [...user.roles].sort().join()}>{t("save")}</Button></Group>}
        </Stack>
      </form>
    </Section>
  );
}
