import { NavLink, Stack, Text } from "@mantine/core";
import { Link, useLocation } from "react-router";
import { type MessageKey, useI18n } from "../i18n";
import { type Access, useMay } from "../shared/lib/session";
import { Icon, type IconName } from "../shared/ui/Icon";

interface Entry {
  to: string;
  text: MessageKey;
  icon: IconName;
  needs?: Access;
}

const account: Entry[] = [
  { to: "/account/profile", text: "profile.title", icon: "user" },
  { to: "/account/security", text: "security.title", icon: "shield" },
  { to: "/account/api-keys", text: "apiKeys.title", icon: "code" },
  { to: "/account/devices", text: "devices.title", icon: "device" },
  { to: "/account/activity", text: "activity.title", icon: "list" },
  { to: "/account/data", text: "data.title", icon: "data" },
];

const administration: Entry[] = [
  { to: "/admin", text: "overview.title", icon: "chart", needs: "seeOverview" },
  { to: "/admin/users", text: "users.title", icon: "users", needs: "listUsers" },
  { to: "/admin/roles", text: "roles.title", icon: "key", needs: "listRoles" },
  { to: "/admin/service-accounts", text: "serviceAccounts.title", icon: "robot", needs: "seeServiceAccounts" },
  { to: "/admin/api-keys", text: "allKeys.title", icon: "code", needs: "listApiKeys" },
  { to: "/admin/audit", text: "audit.title", icon: "log", needs: "readAudit" },
  { to: "/admin/emails", text: "emails.title", icon: "mail", needs: "readEmails" },
  { to: "/admin/webhooks", text: "webhooks.title", icon: "link", needs: "seeWebhooks" },
  { to: "/admin/system", text: "system.title", icon: "pulse", needs: "seeSystem" },
];

/** The pages that the user may open, with the part of the menu they are in. */
export function usePages() {
  const may = useMay();
  const allowed = administration.filter((e) => !e.needs || may(e.needs));
  return [...allowed.map((e) => ({ ...e, area: "nav.admin" as const })), ...account.map((e) => ({ ...e, area: "nav.account" as const }))];
}

export function Navigation() {
  const { t } = useI18n();
  const allowed = usePages().filter((p) => p.area === "nav.admin");
  return (
    <Stack gap="lg" style={{ overflowY: "auto" }}>
      {allowed.length > 0 && <Entries title={t("nav.admin")} entries={allowed} />}
      <Entries title={t("nav.account")} entries={account} />
    </Stack>
  );
}

function Entries({ title, entries }: { title: string; entries: Entry[] }) {
  const { t } = useI18n();
  const { pathname } = useLocation();
  return (
    <div>
      <Text size="xs" fw={700} c="dimmed" px="sm" mb={4} tt="uppercase">
        {title}
      </Text>
      {entries.map((e) => {
        const active = pathname === e.to || (e.to !== "/admin" && pathname.startsWith(`${e.to}/`));
        return (
          <NavLink
            key={e.to}
            component={Link}
            to={e.to}
            label={t(e.text)}
            leftSection={<Icon name={e.icon} />}
            active={active}
            aria-current={active ? "page" : undefined}
            style={{ borderRadius: "var(--mantine-radius-md)" }}
          />
        );
      })}
    </div>
  );
}
