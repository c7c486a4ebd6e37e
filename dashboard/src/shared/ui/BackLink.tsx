import { Anchor } from "@mantine/core";
import { Link } from "react-router";
import { placeOf } from "../lib/places";
import { type Access, useMay } from "../lib/session";

/** Leads from an item back to its list, with the filters it had, those who may see the list. */
export function BackLink({ to, needs, text }: { to: string; needs: Access; text: string }) {
  return (
    useMay()(needs) && (
      <Anchor component={Link} to={placeOf(to)}>
        {text}
      </Anchor>
    )
  );
}
