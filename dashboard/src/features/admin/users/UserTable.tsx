import { UnstyledButton } from "@mantine/core";
import { useElementSize, useMediaQuery, useMergedRef } from "@mantine/hooks";
import type { UserDto, UserSort } from "@roundtable/client";
import { type CSSProperties, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useI18n } from "../../../i18n";
import { useSignedIn } from "../../../shared/lib/session";
import { Empty } from "../../../shared/ui/Empty";
import { Failure } from "../../../shared/ui/Failure";
import { Icon } from "../../../shared/ui/Icon";
import { pageSize, useUserPages } from "./api/listUsers";
import { rowHeight, UserRow } from "./UserRow";
import classes from "./UserTable.module.css";
import type { Column, useUserFilter } from "./useUserFilter";

const overscan = 6;

/** Where the list was left: the way back to the same list scrolls there. */
let left: { list: string; top: number; cursors: readonly (string | undefined)[]; lastCount: number | null } | undefined;

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
  const { ref: measure, height } = useElementSize<HTMLDivElement>();
  const frame = useRef<HTMLDivElement>(null);
  const ref = useMergedRef(measure, frame);
  const narrow = useMediaQuery("(max-width: 48em)") ?? false;
  const list = `${useSignedIn().session.id} ${JSON.stringify(state.filter)}`;
  const [before] = useState(() => (left?.list === list ? left : undefined));
  const [top, setTop] = useState(before?.top ?? 0);
  const [cursors, setCursors] = useState<readonly (string | undefined)[]>(before?.cursors ?? [undefined]);
  const [lastCount, setLastCount] = useState<number | null>(before?.lastCount ?? null);
  useLayoutEffect(() => {
    if (frame.current && before) {
      frame.current.scrollTop = before.top;
    }
  }, [before]);
  const now = useRef(left);
  now.current = { list, top, cursors, lastCount };
  useEffect(() => {
    left = undefined;
    return () => {
      left = now.current;
    };
  }, []);
  const first = Math.max(0, Math.floor(top / rowHeight) - overscan);
  const rows = lastCount === null ? cursors.length * pageSize : (cursors.length - 1) * pageSize + lastCount;
  const last = Math.min(rows, Math.ceil((top + (height || 600)) / rowHeight) + overscan);
  // The first page tells the total.
  const wanted = cursors
    .map((cursor, index) => ({ index, cursor }))
    .filter(
      ({ index }) => index === 0 || (index >= Math.floor(first / pageSize) && index <= Math.floor(Math.max(first, last - 1) / pageSize)),
    );
  const pages = useUserPages(state.filter, wanted);
  const total = pages[0]?.data?.pagination.total;
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
    <div
      ref={ref}
      className={classes.frame}
      style={style}
      role="table"
      tabIndex={0}
      aria-label={t("users.title")}
      aria-rowcount={typeof total === "number" ? total + 1 : -1}
      onScroll={(e) => setTop(e.currentTarget.scrollTop)}
    >
      <div role="rowgroup" className={classes.head}>
        <div role="row" aria-rowindex={1} className={classes.row}>
          {onSelect && (
            <div role="columnheader">
              <span className={classes.hidden}>{t("users.select")}</span>
            </div>
          )}
          <Heading column="name" state={state} />
          {columns.map((c) => (
            <Heading key={c} column={c} state={state} />
          ))}
        </div>
      </div>
      <div role="rowgroup" className={classes.body} style={{ height: rows * rowHeight }}>
        {Array.from({ length: last - first }, (_, i) => first + i).map((row) => {
          const user = userAt(row);
          return (
            <UserRow
              key={row}
              row={row}
              user={user}
              columns={columns}
              {...(onSelect ? { selected: user !== undefined && selected?.has(user.id) === true, onToggle: toggle } : {})}
            />
          );
        })}
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
      {sort ? (
        <UnstyledButton
          className={classes.sort}
          onClick={() => state.set({ sort, order: active && order === "asc" ? "desc" : active ? "asc" : sort === "name" ? "asc" : "desc" })}
        >
          {t(`users.column.${column}`)}
          {active && <Icon name={order === "asc" ? "up" : "down"} size={14} />}
        </UnstyledButton>
      ) : (
        t(`users.column.${column}`)
      )}
    </div>
  );
}
