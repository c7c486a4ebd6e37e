import { Anchor } from "@mantine/core";
import { Link } from "react-router";
import { placeOf } from "../lib/places";

/** Leads from an item back to its list, with the filters it had. */
export function BackLink({ to, text }: { to: string; text: string }) {
  return (
    <Anchor component={Link} to={placeOf(to)}>
      {text}
    </Anchor>
  );
}
