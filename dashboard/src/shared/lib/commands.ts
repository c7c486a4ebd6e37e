import { useEffect, useId } from "react";

/** Something that can be done on the open page, for the search. */
export interface Command {
  label: string;
  run: () => void;
}

const offered = new Map<string, readonly Command[]>();

/** Offers the page's actions in the search while the component is shown. */
export function useCommands(commands: readonly Command[]) {
  const id = useId();
  // After every rendering, because the actions hold the state of their component.
  useEffect(() => {
    offered.set(id, commands);
    return () => {
      offered.delete(id);
    };
  });
}

/** What can be done on the open page now. */
export const commandsOfPage = () => [...offered.values()].flat();
