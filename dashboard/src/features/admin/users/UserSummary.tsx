import { Badge, Code, Group, Stack, Text } from "@mantine/core";
import type { UserDto } from "@roundtable/client";
import type { ReactNode } from "react";
import { useI18n } from "../../../i18n";
import { useMay } from "../../../shared/lib/session";
import { CopyText } from "../../../shared/ui/CopyText";
import { Portrait } from "../../../shared/ui/Portrait";
import { Section } from "../../../shared/ui/Section";
import { When } from "../../../shared/ui/When";
import { useUserLogins } from "./api/userLogins";
import { RemovePicture } from "./RemovePicture";
import { UserStatus } from "./UserStatus";

/** Who it is, and how the account stands. */
export function UserSummary({ user }: { user: UserDto }) {
  const { t } = useI18n();
  const may = useMay();
  const logins = useUserLogins(user.id);
  return (
    <Section title={t("user.summary")}>
      <Group justify="space-between" gap="xs">
        <Portrait user={user} />
        {may("updateUser") && <RemovePicture user={user} />}
      </Group>
      <Group gap={6}>
        <UserStatus user={user} />
        {user.roles.map((role) => (
          <Badge key={role} variant="default">
            {role}
          </Badge>
        ))}
      </Group>
      <Stack component="dl" gap="sm" m={0}>
        <Fact name={t("email")} note={user.emailVerified ? t("user.verified") : t("user.unverified")}>
          {user.email}
        </Fact>
        <Fact name={t("user.id")}>
          <Group gap="xs">
            <Code>{user.id}</Code>
            <CopyText text={user.id} label={t("user.copyId")} size="compact-xs" />
          </Group>
        </Fact>
        <Fact name={t("users.column.lastSeenAt")}>
          <When at={user.lastSeenAt} />
        </Fact>
        <Fact name={t("user.created")}>
          <When at={user.createdAt} />
        </Fact>
        <Fact name={t("user.twoFactor")}>{user.twoFactorEnabled ? t("on") : t("off")}</Fact>
        <Fact name={t("logins.title")}>{logins.data?.map((login) => login.displayName).join(", ") || "–"}</Fact>
      </Stack>
    </Section>
  );
}

function Fact({ name, note, children }: { name: string; note?: string; children: ReactNode }) {
  return (
    <div>
      <Text component="dt" size="xs" c="dimmed">
        {name}
      </Text>
      <Text component="dd" size="sm" m={0} style={{ overflowWrap: "anywhere" }}>
        {children}
      </Text>
      {note && (
        <Text component="dd" size="xs" c="dimmed" m={0}>
          {note}
        </Text>
      )}
    </div>
  );
}
