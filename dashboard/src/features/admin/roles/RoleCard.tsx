import { Badge, Button, Card, Group, Stack, Text, Title } from "@mantine/core";
import type { RoleDto } from "@roundtable/client";
import { useState } from "react";
import { useI18n } from "../../../i18n";
import { useSignedIn } from "../../../shared/lib/session";
import { isPowerful } from "../../../shared/lib/permissions";
import { PermissionList } from "./PermissionList";
import { RoleHolders } from "./RoleHolders";
import { useSummary } from "./useSummary";

interface Props {
  role: RoleDto;
  onCopy?: () => void;
  onEdit?: () => void;
  onRemove?: () => void;
}

/** What a role allows in a sentence, who has it, and each permission in words. */
export function RoleCard({ role, onCopy, onEdit, onRemove }: Props) {
  const { t } = useI18n();
  const summary = useSummary();
  const held = useSignedIn().permissions;
  const [opened, setOpened] = useState(false);
  const { name, permissions } = role;
  // What the user lacks cannot be given to a new role.
  const may = permissions.every((p) => held.includes(p));
  return (
    <Card withBorder component="section" aria-label={name}>
      <Stack gap="xs">
        <Group justify="space-between">
          <Group gap="xs">
            <Title order={2} style={{ overflowWrap: "anywhere" }}>
              {name}
            </Title>
            {role.builtIn && <Badge variant="default">{t("roles.builtIn")}</Badge>}
            {permissions.some(isPowerful) && (
              <Badge variant="light" color="orange">
                {t("roles.powerful")}
              </Badge>
            )}
          </Group>
          <Group gap="xs">
            {onCopy && may && permissions.length > 0 && (
              <Button size="xs" variant="default" onClick={onCopy} aria-label={t("roles.copyOne", { name })}>
                {t("roles.copy")}
              </Button>
            )}
            {!role.builtIn && onEdit && (
              <Button size="xs" variant="default" onClick={onEdit} aria-label={t("roles.editOne", { name })}>
                {t("edit")}
              </Button>
            )}
            {!role.builtIn && onRemove && (
              <Button size="xs" variant="default" onClick={onRemove} aria-label={t("roles.deleteOne", { name })}>
                {t("roles.delete")}
              </Button>
            )}
          </Group>
        </Group>
        <Text size="sm">{summary(role)}</Text>
        <RoleHolders role={role} />
        {permissions.length > 0 && (
          <div>
            <Button size="compact-sm" variant="subtle" ml={-8} aria-expanded={opened} onClick={() => setOpened(!opened)}>
              {opened ? t("roles.hide") : t("roles.show", { count: permissions.length })}
            </Button>
          </div>
        )}
        {opened && <PermissionList permissions={permissions} />}
      </Stack>
    </Card>
  );
}
