import { useEffect, useRef, useState } from "react";

const restMs = 1500;

/**
 * Follows a value, but keeps the one that is shown while the list below is read: scrolled, pointed at, or holding the focus.
 * `release` shows the newest at once.
 */
export function useUndisturbed<T>(newest: T) {
  const [shown, setShown] = useState(newest);
  const pointed = useRef(false);
  const list = useRef<HTMLDivElement>(null);
  const leaving = useRef(0);
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
    return () => {
      window.removeEventListener("scroll", follow);
      window.clearTimeout(leaving.current);
    };
  }, [newest]);
  return {
    shown,
    release: () => {
      // The button under the pointer goes, which not every browser reports as leaving.
      pointed.current = false;
      setShown(latest.current);
      window.scrollTo({ top: 0 });
    },
    area: {
      ref: list,
      onPointerEnter: () => {
        window.clearTimeout(leaving.current);
        pointed.current = true;
      },
      onPointerLeave: () => {
        pointed.current = false;
        // Not at once: the pointer may be on its way to the button that calls `release`.
        leaving.current = window.setTimeout(follow, restMs);
      },
    },
  };
}

const isCovered = () => document.querySelector("[role=dialog]") !== null;
