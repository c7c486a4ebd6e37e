import { useElementSize, useMergedRef } from "@mantine/hooks";
import type { UserDto } from "@roundtable/client";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { useSignedIn } from "../../../shared/lib/session";
import { pageSize, type UserFilter, useLoadUsers, useUserPages } from "./api/listUsers";

const overscan = 6;

/** Where the list was left: the way back to the same list scrolls there. */
let left:
  | { list: string; row: number; offset: number; active: number; cursors: readonly (string | undefined)[]; lastCount: number | null }
  | undefined;

/**
 * The rows of a list of any length: only visible rows are rendered and only visible pages are kept. Of the others, only their cursors are
 * kept.
 */
export function useUserRows(filter: UserFilter, rowHeight: number) {
  const { ref: measure, height } = useElementSize<HTMLDivElement>();
  const frame = useRef<HTMLDivElement>(null);
  const ref = useMergedRef(measure, frame);
  const list = `${useSignedIn().session.id} ${JSON.stringify(filter)}`;
  const [before] = useState(() => (left?.list === list ? left : undefined));
  const [top, setTop] = useState(before ? before.row * rowHeight + before.offset : 0);
  const [active, setActive] = useState(before?.active ?? 0);
  const [cursors, setCursors] = useState<readonly (string | undefined)[]>(before?.cursors ?? [undefined]);
  const [lastCount, setLastCount] = useState<number | null>(before?.lastCount ?? null);
  useLayoutEffect(() => {
    if (frame.current && before) {
      frame.current.scrollTop = before.row * rowHeight + before.offset;
    }
    // Once, when the list appears.
  }, [before]);
  const now = useRef(left);
  now.current = { list, row: Math.floor(top / rowHeight), offset: top % rowHeight, active, cursors, lastCount };
  useEffect(() => {
    left = undefined;
    return () => {
      left = now.current;
    };
  }, []);
  const first = Math.max(0, Math.floor(top / rowHeight) - overscan);
  const count = lastCount === null ? cursors.length * pageSize : (cursors.length - 1) * pageSize + lastCount;
  const last = Math.min(count, Math.ceil((top + (height || 600)) / rowHeight) + overscan);
  const pageOf = (row: number) => Math.floor(row / pageSize);
  // The first page has the total; the active row may be out of view.
  const wanted = cursors
    .map((cursor, index) => ({ index, cursor }))
    .filter(
      ({ index }) => index === 0 || index === pageOf(active) || (index >= pageOf(first) && index <= pageOf(Math.max(first, last - 1))),
    );
  const pages = useUserPages(filter, wanted);
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
  const load = useLoadUsers(filter);
  return {
    frame,
    ref,
    setTop,
    first,
    last,
    count,
    active,
    setActive,
    total: pages[0]?.data?.pagination.total,
    error: pages.find((p) => p.error)?.error,
    retry: () => pages.forEach((p) => void p.refetch()),
    userAt: (row: number): UserDto | undefined => {
      const index = wanted.findIndex((w) => w.index === pageOf(row));
      return index < 0 ? undefined : pages[index]?.data?.items[row % pageSize];
    },
    /** The users that are loaded now. */
    loaded: pages.flatMap((p) => p.data?.items ?? []),
    /** Loads the users of two rows and between them. */
    loadRange: async (one: number, other: number) => {
      const [from, to] = [Math.min(one, other), Math.max(one, other)];
      const parts = cursors.map((cursor, index) => ({ index, cursor })).filter((p) => p.index >= pageOf(from) && p.index <= pageOf(to));
      return (await load(parts)).slice(from % pageSize, (from % pageSize) + to - from + 1);
    },
  };
}

export type UserRows = ReturnType<typeof useUserRows>;
