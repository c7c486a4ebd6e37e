import { Avatar } from "@mantine/core";

/** A person's initials, beside the name: no picture is loaded. */
export function Initials({ name, size }: { name: string; size: number }) {
  return <Avatar name={name} color="indigo" size={size} alt="" aria-hidden />;
}
