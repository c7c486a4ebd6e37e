import { Checkbox, Group, Skeleton, Text } from "@mantine/core";
import type { UserDto } from "@roundtable/client";
import { memo } from "react";
import { Link } from "react-router";
import { useI18n } from "../../../i18n";
import { UserAvatar } from "../../../shared/ui/UserAvatar";
import { When } from "../../../shared/ui/When";
import { UserStatus } from "./UserStatus";
import classes from "./UserTable.module.css";
import type { Column } from "./useUserFilter";

export const rowHeight = 60;

interface Props {
  row: number;
  /** Undefined while loading. */
  user: UserDto | undefined;
  columns: readonly Column[];
  selected?: boolean;
  onToggle?: (user: UserDto, checked: boolean) => void;
}

/** A row of the list; rendered again only when its props change, however fast the list scrolls. */
export const UserRow = memo(function UserRow({ row, user, columns, selected, onToggle }: Props) {
  const { t } = useI18n();
  return (
    <div
      role="row"
      aria-rowindex={row + 2}
      className={classes.row}
      style={{ position: "absolute", top: row * rowHeight, height: rowHeight, left: 0, right: 0 }}
      aria-busy={!user}
    >
      {onToggle && (
        <div role="cell">
          {user && (
            <Checkbox
              aria-label={t("users.selectOne", { name: user.name })}
              checked={selected ?? false}
              onChange={(e) => onToggle(user, e.currentTarget.checked)}
            />
          )}
        </div>
      )}
      <div role="cell" className={classes.name}>
        {user ? (
          <Group gap="sm" wrap="nowrap">
            <UserAvatar user={user} size={32} />
            <div className={classes.name}>
              <Link to={`/admin/users/${user.id}`} className={classes.link}>
                {user.name}
              </Link>
              <Text size="xs" c="dimmed" truncate>
                {user.email}
              </Text>
            </div>
          </Group>
        ) : (
          <Skeleton height={14} width="60%" />
        )}
      </div>
      {columns.map((c) => (
        <div key={c} role="cell" className={classes.cell}>
          {user ? <Cell column={c} user={user} /> : <Skeleton height={12} width="50%" />}
        </div>
      ))}
    </div>
  );
});

function Cell({ column, user }: { column: Column; user: UserDto }) {
  const { t } = useI18n();
  switch (column) {
    case "roles":
      return user.roles.join(", ") || "–";
    case "status":
      return <UserStatus user={user} />;
    case "verified":
      return user.emailVerified ? t("yes") : t("no");
    case "lastSeenAt":
      return <When at={user.lastSeenAt} />;
    case "createdAt":
      return <When at={user.createdAt} />;
  }
}
