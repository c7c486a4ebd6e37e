import { Button, Center } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useI18n } from "../../i18n";

/** Loads more items when clicked and, if the list is the page's main content, when scrolled into view. */
export function LoadMore({ more, pending, onMore, auto = true }: { more: boolean; pending: boolean; onMore: () => void; auto?: boolean }) {
  const { t } = useI18n();
  const button = useRef<HTMLButtonElement>(null);
  const latest = useRef(onMore);
  latest.current = onMore;
  useEffect(() => {
    const element = button.current;
    // Without the observer there still is the button.
    if (!element || pending || !auto || !("IntersectionObserver" in window)) {
      return undefined;
    }

    const observer = new IntersectionObserver((entries) => {
      if (entries.some((e) => e.isIntersecting)) {
        latest.current();
      }
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [more, pending, auto]);
  return more ? (
    <Center>
      <Button ref={button} variant="default" loading={pending} onClick={onMore}>
        {t("more")}
      </Button>
    </Center>
  ) : null;
}
