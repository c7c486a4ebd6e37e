import { useEffect, useState } from "react";

/** The whole seconds until a time; 0 once it is over. */
export function useWaitUntil(iso: string | undefined): number {
  const left = () => (iso ? Math.max(0, Math.ceil((new Date(iso).getTime() - Date.now()) / 1000)) : 0);
  const [, tick] = useState(0);
  const seconds = left();
  useEffect(() => {
    if (seconds > 0) {
      const timer = setTimeout(() => tick((n) => n + 1), 1000);
      return () => clearTimeout(timer);
    }
  });
  return seconds;
}
