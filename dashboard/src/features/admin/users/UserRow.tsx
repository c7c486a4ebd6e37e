import { Checkbox, Skeleton } from "@mantine/core";
import type { UserDto } from "@roundtable/client";
import { memo } from "react";
import { Link } from "react-router";
import { useI18n } from "../../../i18n";
import { UserAvatar } from "../../../shared/ui/UserAvatar";
import { When } from "../../../shared/ui/When";
import { UserStatus } from "./UserStatus";
import classes from "./UserTable.module.css";
import type { Density } from "./useSettings";
import type { Column } from "./useUserFilter";

/** Compact: twenty rows on a laptop. */
export const rowHeights: Readonly<Record<Density, number>> = { compact: 30, comfortable: 60 };

interface Props {
  row: number;
  /** Undefined while loading. */
  user: UserDto | undefined;
  columns: readonly Column[];
  density: Density;
  /** Whether Tab leads to this row and what is in it. */
  active: boolean;
  selected?: boolean;
  onToggle?: (row: number, checked: boolean, range: boolean) => void;
}

/** A row of the list; rendered again only when its props change, however fast the list scrolls. */
export const UserRow = memo(function UserRow({ row, user, columns, density, active, selected, onToggle }: Props) {
  const { t } = useI18n();
  const height = rowHeights[density];
  const tabIndex = active ? 0 : -1;
  return (
    <div
      role="row"
      aria-rowindex={row + 2}
      aria-selected={selected}
      aria-busy={!user}
      data-row={row}
      tabIndex={tabIndex}
      className={classes.row}
      style={{ position: "absolute", top: row * height, height, left: 0, right: 0 }}
    >
      {onToggle && (
        <div role="gridcell">
          {user && (
            <Checkbox
              size={density === "compact" ? "xs" : "sm"}
              tabIndex={tabIndex}
              aria-label={t("users.selectOne", { name: user.name })}
              checked={selected ?? false}
              onChange={(e) => onToggle(row, e.currentTarget.checked, (e.nativeEvent as MouseEvent).shiftKey)}
            />
          )}
        </div>
      )}
      <div role="gridcell" className={classes.name}>
        {user ? (
          <>
            <UserAvatar user={user} size={density === "compact" ? 22 : 36} />
            <div className={classes.person}>
              <Link to={`/admin/users/${user.id}`} tabIndex={tabIndex} className={classes.link}>
                {user.name}
              </Link>
              <span className={classes.address}>{user.email}</span>
            </div>
          </>
        ) : (
          <Skeleton height={14} width="60%" />
        )}
      </div>
      {columns.map((c) => (
        <div key={c} role="gridcell" className={classes.cell}>
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
