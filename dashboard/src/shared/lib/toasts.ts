import { notifications } from "@mantine/notifications";

/** Says that something was done. */
export function say(message: string) {
  notifications.show({ message, color: "teal", autoClose: 5000 });
}
