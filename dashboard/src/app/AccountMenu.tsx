import { Menu, Text, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { Link, useNavigate } from "react-router";
import { useI18n } from "../i18n";
import { useChangeSession, useSignedIn } from "../shared/lib/session";
import { sayFailure } from "../shared/lib/toasts";
import { forgetUnsaved, leaving } from "../shared/lib/unsaved";
import { Icon } from "../shared/ui/Icon";
import { UserAvatar } from "../shared/ui/UserAvatar";
import { useSignOut } from "./api/signOut";

export function AccountMenu() {
  const { t } = useI18n();
  const { user, session } = useSignedIn();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const changeSession = useChangeSession();
  const leave = () =>
    signOut.mutate(undefined, {
      onError: sayFailure,
      onSuccess: async () => {
        forgetUnsaved();
        // Clear the session before leaving the page: the sign-in page redirects signed-in users.
        await changeSession();
        await navigate("/sign-in", { replace: true });
      },
    });
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <UnstyledButton>
          <VisuallyHidden>{t("nav.account")}</VisuallyHidden>
          {/* During impersonation, loading a picture at another address would reveal the admin to the user's server. */}
          <UserAvatar user={user} foreign={session.impersonatedBy ? null : user.image} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text fw={600} size="sm" c="var(--mantine-color-text)" truncate>
            {user.name}
          </Text>
          <Text size="xs" truncate>
            {user.email}
          </Text>
        </Menu.Label>
        <Menu.Divider />
        <Menu.Item component={Link} to="/account/profile" leftSection={<Icon name="user" />}>
          {t("profile.title")}
        </Menu.Item>
        <Menu.Item component={Link} to="/account/security" leftSection={<Icon name="shield" />}>
          {t("security.title")}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<Icon name="exit" />} onClick={() => leaving(leave)}>
          {t("signOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
