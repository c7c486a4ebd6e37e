import { Checkbox, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import type { UserDto, UserSort } from "@roundtable/client";
import { type CSSProperties, useCallback, useEffect, useLayoutEffect, useMemo, useRef } from "react";
import { useNavigate } from "react-router";
import { useI18n } from "../../../i18n";
import { Empty } from "../../../shared/ui/Empty";
import { Failure } from "../../../shared/ui/Failure";
import { Icon } from "../../../shared/ui/Icon";
import { rowNumber, useGridKeys } from "./useGridKeys";
import { rowHeights, UserRow } from "./UserRow";
import classes from "./UserTable.module.css";
import type { SelectionState } from "./useSelection";
import type { SettingsState } from "./useSettings";
import type { Column, UserFilterState } from "./useUserFilter";
import { useUserRows } from "./useUserRows";

const sortOf: Partial<Record<Column | "name", UserSort>> = { name: "name", createdAt: "createdAt", lastSeenAt: "lastSeenAt" };

interface Props {
  state: UserFilterState;
  settings: SettingsState;
  onTotal: (total: number | null) => void;
  /** Absent if the user may do nothing with a selection. */
  selection?: SelectionState | undefined;
}

/** The users as a grid, of which Tab reaches one row; see useGridKeys for the rest. */
export function UserTable({ state, settings, onTotal, selection }: Props) {
  const { t } = useI18n();
  const navigate = useNavigate();
  const narrow = useMediaQuery("(max-width: 48em)") ?? false;
  const density = narrow ? "comfortable" : settings.density;
  const rowHeight = rowHeights[density];
  const rows = useUserRows(state.filter, rowHeight);
  const { frame, total, active, userAt } = rows;
  useEffect(() => {
    if (typeof total === "number") {
      onTotal(total);
    }
  }, [total, onTotal]);
  // The list ends at the window's edge, whatever is above it.
  useLayoutEffect(() => {
    const box = frame.current;
    box?.style.setProperty("--user-top", `${Math.round(box.getBoundingClientRect().top + window.scrollY)}px`);
    // Both change with what the page renders above, and not with a scroll, of which each frame would wait for a layout.
  }, [state, selection, rows.count === 0, rows.error]);

  const anchor = useRef<number | null>(null);
  const change = (users: readonly UserDto[], checked: boolean) => {
    const after = new Map(selection?.users);
    users.forEach((u) => (checked ? after.set(u.id, u) : after.delete(u.id)));
    selection?.select(after);
  };
  const extend = (row: number) => {
    const from = (anchor.current ??= active);
    // A page that does not load is reported in place of the list.
    void rows.loadRange(from, row).then(
      (users) => change(users, true),
      () => undefined,
    );
  };
  const toggle = (row: number, checked?: boolean) => {
    const user = userAt(row);
    if (user) {
      anchor.current = row;
      change([user], checked ?? !selection?.users.has(user.id));
    }
  };
  const latest = useRef({ extend, toggle });
  latest.current = { extend, toggle };
  const onToggle = useCallback((row: number, checked: boolean, range: boolean) => {
    if (range) {
      latest.current.extend(row);
    } else {
      latest.current.toggle(row, checked);
    }
  }, []);
  const onKeyDown = useGridKeys(rows, {
    rowHeight,
    singleKeys: settings.singleKeys,
    open: (row) => {
      const user = userAt(row);
      if (user) {
        void navigate(`/admin/users/${user.id}`);
      }
    },
    toggle: selection && ((row) => toggle(row)),
    extend: selection && extend,
  });
  const names = (narrow ? state.columns.filter((c) => c === "status") : state.columns).join();
  const columns = useMemo(() => names.split(",").filter((n) => n !== "") as Column[], [names]);
  const template = narrow
    ? [selection && "24px", "minmax(0, 1fr)", ...columns.map(() => "112px")].filter(Boolean).join(" ")
    : [selection && "24px", "minmax(200px, 2.6fr)", ...columns.map(() => "minmax(110px, 1fr)")].filter(Boolean).join(" ");
  if (rows.error) {
    return <Failure error={rows.error} retry={rows.retry} />;
  }

  if (rows.count === 0) {
    return <Empty title={t("users.empty")} hint={t("filter.hint")} />;
  }

  const selected = rows.loaded.filter((u) => selection?.users.has(u.id)).length;
  const everyLoaded = selection?.all === true || (selected > 0 && selected === rows.loaded.length);
  // The active row stays, so that the focus does when it is scrolled out of view.
  const shown = Array.from({ length: rows.last - rows.first }, (_, i) => rows.first + i);
  const rendered = active < rows.first ? [active, ...shown] : active >= rows.last && active < rows.count ? [...shown, active] : shown;
  return (
    <>
      <VisuallyHidden id="user-keys">{t("keys.hint")}</VisuallyHidden>
      <div
        ref={rows.ref}
        className={classes.frame}
        style={{ "--user-columns": template } as CSSProperties}
        data-density={density}
        role="grid"
        aria-label={t("users.title")}
        aria-describedby="user-keys"
        aria-multiselectable={selection !== undefined}
        aria-rowcount={typeof total === "number" ? total + 1 : -1}
        onScroll={(e) => rows.setTop(e.currentTarget.scrollTop)}
        onKeyDown={onKeyDown}
        onFocus={(e) => {
          const row = rowNumber(e.target);
          if (row !== undefined && row !== active) {
            rows.setActive(row);
          }
        }}
        onClick={(e) => {
          const row = rowNumber(e.target);
          if (e.shiftKey && selection && row !== undefined && !(e.target as Element).closest("a, input")) {
            extend(row);
          }
        }}
      >
        <div role="rowgroup" className={classes.head} data-head>
          <div role="row" aria-rowindex={1} className={classes.row}>
            {selection && (
              <div role="columnheader">
                <Checkbox
                  size="xs"
                  aria-label={t("users.selectLoaded", { count: rows.loaded.length })}
                  checked={everyLoaded}
                  indeterminate={!everyLoaded && selected > 0}
                  onChange={() => change(rows.loaded, !everyLoaded)}
                />
              </div>
            )}
            <Heading column="name" state={state} />
            {columns.map((c) => (
              <Heading key={c} column={c} state={state} />
            ))}
          </div>
        </div>
        <div role="rowgroup" className={classes.body} style={{ height: rows.count * rowHeight }}>
          {rendered.map((row) => {
            const user = userAt(row);
            return (
              <UserRow
                key={row}
                row={row}
                user={user}
                columns={columns}
                density={density}
                active={row === active}
                {...(selection ? { selected: user !== undefined && (selection.all || selection.users.has(user.id)), onToggle } : {})}
              />
            );
          })}
        </div>
      </div>
    </>
  );
}

function Heading({ column, state }: { column: Column | "name"; state: UserFilterState }) {
  const { t } = useI18n();
  const sort = sortOf[column];
  const { sort: by, order } = state.filter;
  const current = sort !== undefined && by === sort;
  return (
    <div role="columnheader" aria-sort={current ? (order === "asc" ? "ascending" : "descending") : sort ? "none" : undefined}>
      {sort ? (
        <UnstyledButton
          className={classes.sort}
          onClick={() =>
            state.set({ sort, order: current && order === "asc" ? "desc" : current ? "asc" : sort === "name" ? "asc" : "desc" })
          }
        >
          {t(`users.column.${column}`)}
          {current && <Icon name={order === "asc" ? "up" : "down"} size={14} />}
        </UnstyledButton>
      ) : (
        t(`users.column.${column}`)
      )}
    </div>
  );
}
