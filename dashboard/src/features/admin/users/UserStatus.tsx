import { Badge } from "@mantine/core";
import type { UserDto } from "@roundtable/client";
import { useI18n } from "../../../i18n";

export function UserStatus({ user }: { user: UserDto }) {
  const { t } = useI18n();
  return user.banned ? (
    <Badge variant="dot" color="red">
      {t("users.isBanned")}
    </Badge>
  ) : user.emailVerified ? (
    <Badge variant="dot" color="teal">
      {t("users.isActive")}
    </Badge>
  ) : (
    <Badge variant="dot" color="yellow">
      {t("users.isPending")}
    </Badge>
  );
}
