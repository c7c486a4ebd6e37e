import { notifications } from "@mantine/notifications";
import { Undoable } from "../ui/Undoable";

/** Says that something was done. */
export function say(message: string) {
  notifications.show({ message, color: "teal", autoClose: 5000 });
}

let lastUndo = 0;

/** Says that something was done and offers to take it back; long enough to be read, thought over and reached by keyboard. */
export function sayUndoable(message: string, undo: () => Promise<unknown>) {
  const id = `undo-${++lastUndo}`;
  notifications.show({ id, color: "teal", autoClose: 15_000, message: <Undoable message={message} undo={undo} onDone={() => notifications.hide(id)} /> });
}
