import { Badge, Code, Group, Stack, Text } from "@mantine/core";
import type { AccountSecurityDto, UserDto } from "@roundtable/client";
import type { ReactNode } from "react";
import { useI18n } from "../../../i18n";
import { useFormat } from "../../../shared/lib/format";
import { useMay } from "../../../shared/lib/session";
import { CopyText } from "../../../shared/ui/CopyText";
import { Failure } from "../../../shared/ui/Failure";
import { Portrait } from "../../../shared/ui/Portrait";
import { Section } from "../../../shared/ui/Section";
import { When } from "../../../shared/ui/When";
import { useUserLogins } from "./api/userLogins";
import { useUserSecurity } from "./api/userSecurity";
import { RemovePicture } from "./RemovePicture";
import { UserStatus } from "./UserStatus";

/** Who it is, and how the account stands. */
export function UserSummary({ user }: { user: UserDto }) {
  const { t } = useI18n();
  const may = useMay();
  const format = useFormat();
  const logins = useUserLogins(user.id);
  const security = useUserSecurity(user.id);
  // Nothing is said before it is known.
  const known = (text: (s: AccountSecurityDto) => string) => (security.data ? text(security.data) : "…");
  const passwordText = (s: AccountSecurityDto) =>
    !s.passwordSet ? "–" : s.passwordChangedAt ? t("user.passwordSetAt", { when: format.ago(s.passwordChangedAt) }) : t("user.hasPassword");
  const passkeyText = (s: AccountSecurityDto) =>
    s.passkeys === 0
      ? "–"
      : s.passkeyLastUsedAt
        ? t("user.passkeysUsed", { count: s.passkeys, when: format.ago(s.passkeyLastUsedAt) })
        : t("user.passkeysUnused", { count: s.passkeys });
  const twoFactorText = (s: AccountSecurityDto) => (s.twoFactorEnabled ? t("user.twoFactorOn", { count: s.recoveryCodesLeft }) : t("off"));
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
        <Fact name={t("password")}>{known(passwordText)}</Fact>
        <Fact name={t("passkeys.title")}>{known(passkeyText)}</Fact>
        <Fact name={t("user.twoFactor")}>{known(twoFactorText)}</Fact>
        <Fact name={t("logins.title")}>{logins.data ? logins.data.map((login) => login.displayName).join(", ") || "–" : "…"}</Fact>
      </Stack>
      <Failure error={security.error} retry={() => void security.refetch()} />
      <Failure error={logins.error} retry={() => void logins.refetch()} />
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
