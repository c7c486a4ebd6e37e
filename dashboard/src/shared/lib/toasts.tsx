import { notifications } from "@mantine/notifications";
import { Undoable } from "../ui/Undoable";

/** Shows a success message. */
export function say(message: string) {
  notifications.show({ message, color: "teal", autoClose: 5000 });
}

let lastUndo = 0;

/** Shows a success message with an undo button, long enough to read, consider and reach by keyboard. */
export function sayUndoable(message: string, undo: () => Promise<unknown>) {
  const id = `undo-${++lastUndo}`;
  notifications.show({
    id,
    color: "teal",
    autoClose: 15_000,
    message: <Undoable message={message} undo={undo} onDone={() => notifications.hide(id)} />,
  });
}
