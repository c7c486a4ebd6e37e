import { type KeyboardEvent, useLayoutEffect, useRef } from "react";
import type { UserRows } from "./useUserRows";

interface Actions {
  rowHeight: number;
  singleKeys: boolean;
  open: (row: number) => void;
  toggle: ((row: number) => void) | undefined;
  /** Selects from the row that was last selected up to this one. */
  extend: ((row: number) => void) | undefined;
}

const rowOf = (target: EventTarget | null) => (target instanceof Element ? target.closest<HTMLElement>("[data-row]") : null);

/** The number of the row that an event is in; undefined for the headings. */
export const rowNumber = (target: EventTarget | null) => {
  const row = rowOf(target)?.dataset.row;
  return row === undefined ? undefined : Number(row);
};

/**
 * The keys of the list, while a row or something in it has the focus: one row is reached by Tab, the others from there. The keys of text
 * fields, links and checkboxes, and those with Ctrl, Alt or Cmd, stay theirs.
 */
export function useGridKeys(rows: UserRows, { rowHeight, singleKeys, open, toggle, extend }: Actions) {
  const { frame, active, setActive, count } = rows;
  const moved = useRef(false);
  const focus = (row: number) => frame.current?.querySelector<HTMLElement>(`[data-row="${row}"]`)?.focus({ preventScroll: true });
  useLayoutEffect(() => {
    if (moved.current) {
      moved.current = false;
      focus(active);
    }
  });
  const move = (to: number) => {
    const row = Math.max(0, Math.min(count - 1, to));
    const box = frame.current;
    if (box) {
      const head = box.querySelector<HTMLElement>("[data-head]")?.offsetHeight ?? 0;
      const below = head + (row + 1) * rowHeight - box.clientHeight;
      box.scrollTop = Math.min(row * rowHeight, Math.max(below, box.scrollTop));
    }

    if (row === active) {
      focus(row);
    } else {
      // The row may not exist yet.
      moved.current = true;
      setActive(row);
    }

    return row;
  };
  return (e: KeyboardEvent) => {
    const row = rowOf(e.target);
    if (!row || e.ctrlKey || e.metaKey || e.altKey) {
      return;
    }

    const onRow = e.target === row;
    const page = Math.max(1, Math.floor((frame.current?.clientHeight ?? 0) / rowHeight) - 2);
    const moveBy = (by: number) => () => {
      if (e.shiftKey && extend) {
        extend(move(active + by));
      } else {
        move(active + by);
      }
    };
    const select = () => (e.shiftKey ? extend : toggle)?.(active);
    const actions: Record<string, (() => void) | undefined> = {
      ArrowDown: moveBy(1),
      ArrowUp: moveBy(-1),
      PageDown: () => move(active + page),
      PageUp: () => move(active - page),
      Home: () => move(0),
      End: () => move(count - 1),
      ...(onRow ? { Enter: () => open(active), " ": select } : {}),
      ...(singleKeys ? { j: moveBy(1), k: moveBy(-1), x: select, X: select } : {}),
    };
    const action = actions[e.key];
    if (action) {
      e.preventDefault();
      action();
    }
  };
}
