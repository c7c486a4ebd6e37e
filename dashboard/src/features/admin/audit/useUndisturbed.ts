import { useEffect, useRef, useState } from "react";

/**
 * Follows a value, but keeps the one that is shown while the list below is read: scrolled, pointed at, or holding the focus.
 * `release` shows the newest at once.
 */
export function useUndisturbed<T>(newest: T) {
  const [shown, setShown] = useState(newest);
  const pointed = useRef(false);
  const list = useRef<HTMLDivElement>(null);
  const latest = useRef(newest);
  latest.current = newest;
  const follow = () => {
    const isRead = pointed.current || window.scrollY > 0 || list.current?.contains(document.activeElement) || isCovered();
    if (!isRead) {
      setShown(latest.current);
    }
  };
  useEffect(() => {
    follow();
    window.addEventListener("scroll", follow, { passive: true });
    return () => window.removeEventListener("scroll", follow);
  }, [newest]);
  return {
    shown,
    release: () => {
      setShown(latest.current);
      window.scrollTo({ top: 0 });
    },
    area: {
      ref: list,
      onPointerEnter: () => {
        pointed.current = true;
      },
      // Not at once: the pointer may be on its way to the button that calls `release`.
      onPointerLeave: () => {
        pointed.current = false;
      },
    },
  };
}

const isCovered = () => document.querySelector("[role=dialog]") !== null;
