import { useEffect, useRef } from "react";

const elsewhere = "input, textarea, select, [contenteditable=true], [role=dialog], [role=menu], [role=listbox]";

/** Calls an action when its key is pressed anywhere on the page but in text fields, dialogs and menus. */
export function usePageKeys(actions: Readonly<Record<string, () => void>>, active: boolean) {
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    if (!active) {
      return undefined;
    }

    const press = (e: KeyboardEvent) => {
      // By what the key types: on other keyboards "/" needs Shift.
      const action = e.ctrlKey || e.metaKey || e.altKey || e.defaultPrevented ? undefined : latest.current[e.key];
      if (action && !(e.target instanceof Element && e.target.closest(elsewhere)) && !document.querySelector("[role=dialog]")) {
        e.preventDefault();
        action();
      }
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [active]);
}
