import { Button, Group } from "@mantine/core";
import type { UserDto } from "@roundtable/client";
import { useState } from "react";
import { useI18n } from "../../i18n";
import { UserAvatar } from "./UserAvatar";

/**
 * Another user's picture. One at an address of that user's choice is on a server that would learn who is looking: it loads only on a
 * click.
 */
export function Portrait({ user }: { user: UserDto }) {
  const { t } = useI18n();
  const [shown, setShown] = useState(false);
  return (
    <Group gap="xs" wrap="nowrap">
      <UserAvatar user={user} foreign={shown ? user.image : null} size="lg" />
      {user.image && !user.picture && !shown && (
        <Button size="compact-xs" variant="default" onClick={() => setShown(true)}>
          {t("portrait.show")}
        </Button>
      )}
    </Group>
  );
}
