import { UnstyledButton } from "@mantine/core";
import { useElementSize, useMediaQuery } from "@mantine/hooks";
import type { UserDto, UserSort } from "@roundtable/client";
import { type CSSProperties, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useI18n } from "../../../i18n";
import { Empty } from "../../../shared/ui/Empty";
import { Failure } from "../../../shared/ui/Failure";
import { Icon } from "../../../shared/ui/Icon";
import { pageSize, useUserPages } from "./api/listUsers";
import { rowHeight, UserRow } from "./UserRow";
import classes from "./UserTable.module.css";
import type { Column, useUserFilter } from "./useUserFilter";

const overscan = 6;

const sortOf: Partial<Record<Column | "name", UserSort>> = { name: "name", createdAt: "createdAt", lastSeenAt: "lastSeenAt" };

/** The selected users, as they were when selected. */
export type Selection = ReadonlyMap<string, UserDto>;

interface Props {
  state: ReturnType<typeof useUserFilter>;
  onTotal: (total: number | null) => void;
  selected?: Selection;
  onSelect?: (selected: Selection) => void;
}

/**
 * A virtualized list of any length: only visible rows are rendered and only visible pages are kept. Of the others, only their
 * cursors are kept.
 */
export function UserTable({ state, onTotal, selected, onSelect }: Props) {
  const { t } = useI18n();
  const { ref, height } = useElementSize();
  const narrow = useMediaQuery("(max-width: 48em)") ?? false;
  const [top, setTop] = useState(0);
  const [cursors, setCursors] = useState<readonly (string | undefined)[]>([undefined]);
  const [lastCount, setLastCount] = useState<number | null>(null);
  const first = Math.max(0, Math.floor(top / rowHeight) - overscan);
  const rows = lastCount === null ? cursors.length * pageSize : (cursors.length - 1) * pageSize + lastCount;
  const last = Math.min(rows, Math.ceil((top + (height || 600)) / rowHeight) + overscan);
  const wanted = cursors.map((cursor, index) => ({ index, cursor })).slice(Math.floor(first / pageSize), Math.floor(Math.max(first, last - 1) / pageSize) + 1);
  const pages = useUserPages(state.filter, wanted);
  const total = wanted[0]?.index === 0 ? pages[0]?.data?.pagination.total : undefined;
  useEffect(() => {
    if (typeof total === "number") {
      onTotal(total);
    }
  }, [total, onTotal]);
  const newest = wanted.findIndex((w) => w.index === cursors.length - 1);
  const newestPage = newest < 0 ? undefined : pages[newest]?.data;
  useEffect(() => {
    if (newestPage?.pagination.nextCursor) {
      const next = newestPage.pagination.nextCursor;
      setLastCount(null);
      setCursors((known) => (known.includes(next) ? known : [...known, next]));
    } else if (newestPage) {
      setLastCount(newestPage.items.length);
    }
  }, [newestPage]);

  const userAt = (row: number): UserDto | undefined => {
    const index = wanted.findIndex((w) => w.index === Math.floor(row / pageSize));
    return index < 0 ? undefined : pages[index]?.data?.items[row % pageSize];
  };
  const latest = useRef({ selected, onSelect });
  latest.current = { selected, onSelect };
  const toggle = useCallback((user: UserDto, checked: boolean) => {
    const after = new Map(latest.current.selected);
    if (checked) {
      after.set(user.id, user);
    } else {
      after.delete(user.id);
    }

    latest.current.onSelect?.(after);
  }, []);
  const error = pages.find((p) => p.error)?.error;
  const names = (narrow ? state.columns.filter((c) => c === "status") : state.columns).join();
  const columns = useMemo(() => names.split(",").filter((n) => n !== "") as Column[], [names]);
  const template = narrow
    ? [onSelect && "24px", "minmax(0, 1fr)", ...columns.map(() => "124px")].filter(Boolean).join(" ")
    : [onSelect && "40px", "minmax(150px, 2fr)", ...columns.map(() => "minmax(120px, 1fr)")].filter(Boolean).join(" ");
  const style = { "--user-columns": template } as CSSProperties;
  if (error) {
    return <Failure error={error} retry={() => pages.forEach((p) => void p.refetch())} />;
  }

  if (rows === 0) {
    return <Empty title={t("users.empty")} hint={t("filter.hint")} />;
  }

  return (
    <div className={classes.frame} style={style} role="table" aria-label={t("users.title")} aria-rowcount={typeof total === "number" ? total + 1 : -1}>
      <div role="rowgroup" className={classes.head}>
        <div role="row" aria-rowindex={1} className={classes.row}>
          {onSelect && <div role="columnheader"><span className={classes.hidden}>{t("users.select")}</span></div>}
          <Heading column="name" state={state} />
          {columns.map((c) => <Heading key={c} column={c} state={state} />)}
        </div>
      </div>
      <div ref={ref} role="rowgroup" className={classes.body} onScroll={(e) => setTop(e.currentTarget.scrollTop)} tabIndex={0} aria-label={t("users.title")}>
        <div style={{ height: rows * rowHeight, position: "relative" }} role="presentation">
          {Array.from({ length: last - first }, (_, i) => first + i).map((row) => {
            const user = userAt(row);
            return <UserRow key={row} row={row} user={user} columns={columns} {...(onSelect ? { selected: user !== undefined && selected?.has(user.id) === true, onToggle: toggle } : {})} />;
          })}
        </div>
      </div>
    </div>
  );
}

function Heading({ column, state }: { column: Column | "name"; state: ReturnType<typeof useUserFilter> }) {
  const { t } = useI18n();
  const sort = sortOf[column];
  const { sort: by, order } = state.filter;
  const active = sort !== undefined && by === sort;
  return (
    <div role="columnheader" aria-sort={active ? (order === "asc" ? "ascending" : "descending") : sort ? "none" : undefined}>
      {sort
        ? (
            <UnstyledButton className={classes.sort} onClick={() => state.set({ sort, order: active && order === "asc" ? "desc" : active ? "asc" : sort === "name" ? "asc" : "desc" })}>
              {t(`users.column.${column}`)}
              {active && <Icon name={order === "asc" ? "up" : "down"} size={14} />}
            </UnstyledButton>
          )
        : t(`users.column.${column}`)}
    </div>
  );
}
