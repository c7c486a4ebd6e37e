import { notifications } from "@mantine/notifications";
import { ErrorText } from "../ui/ErrorText";
import { Undoable } from "../ui/Undoable";

/** Shows a success message. */
export function say(message: string) {
  notifications.show({ message, color: "teal", autoClose: 5000 });
}

/** Says why something failed that has no place of its own on the page. */
export function sayFailure(error: Error) {
  notifications.show({ message: <ErrorText error={error} />, color: "red", autoClose: 10_000 });
}

let lastUndo = 0;
const undos = new Set<string>();

/** Removes the undo buttons of the user who no longer uses this tab. */
export function forgetUndos() {
  undos.forEach((id) => notifications.hide(id));
  undos.clear();
}

/** Shows a success message with an undo button, long enough to read, consider and reach by keyboard. */
export function sayUndoable(message: string, undo: () => Promise<unknown>) {
  const id = `undo-${++lastUndo}`;
  undos.add(id);
  notifications.show({
    id,
    onClose: () => undos.delete(id),
    color: "teal",
    autoClose: 15_000,
    message: <Undoable message={message} undo={undo} onDone={() => notifications.hide(id)} />,
  });
}
