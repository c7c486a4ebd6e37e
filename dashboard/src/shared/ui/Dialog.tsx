import { Modal, type ModalProps, ModalStackContext } from "@mantine/core";
import { createContext, type ReactNode, use, useEffect, useId, useState } from "react";
import { useI18n } from "../../i18n";

/** The button of the menu whose item was chosen: the item itself disappears with the menu. */
function menuButton() {
  const button = document.activeElement?.closest("[role=menu]")?.getAttribute("aria-labelledby");
  return button ? document.getElementById(button) : null;
}

/** The name of a dialog from the first moment: Modal refers to its title only once that is there. */
export const named = (title: ReactNode) => ({ content: { "aria-label": typeof title === "string" ? title : undefined } });

/** Closes the dialog around. */
export const CloseDialog = createContext<() => void>(() => undefined);

/** A dialog that exists only while it is open. Of several, Escape closes the uppermost. */
export function Dialog(props: Omit<ModalProps, "opened" | "stackId">) {
  const { t } = useI18n();
  const id = useId();
  const stack = use(ModalStackContext);
  const [button] = useState(menuButton);
  // Modal returns the focus and leaves the stack when it closes, but this one is removed instead.
  useEffect(() => {
    const before = button ?? document.activeElement;
    return () => {
      stack?.removeModal(id);
      const after = before instanceof HTMLElement && before.isConnected ? before : document.getElementById("content");
      after?.focus({ preventScroll: true });
    };
    // The stack's functions work for ever.
  }, []);
  return (
    <Modal opened stackId={id} closeButtonProps={{ "aria-label": t("close") }} attributes={named(props.title)} {...props}>
      <CloseDialog value={props.onClose}>{props.children}</CloseDialog>
    </Modal>
  );
}
