import { Modal, type ModalProps } from "@mantine/core";
import { useEffect } from "react";
import { useI18n } from "../../i18n";

/** A dialog that exists only while it is open. */
export function Dialog(props: Omit<ModalProps, "opened">) {
  const { t } = useI18n();
  // Modal returns the focus when it closes, but this one is removed instead.
  useEffect(() => {
    const before = document.activeElement;
    return () => {
      if (before instanceof HTMLElement) {
        before.focus({ preventScroll: true });
      }
    };
  }, []);
  return <Modal opened closeButtonProps={{ "aria-label": t("close") }} {...props} />;
}
