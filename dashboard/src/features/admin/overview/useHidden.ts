import { useEffect, useState } from "react";
import { useSignedIn } from "../../../shared/lib/session";
import { storage } from "../../../shared/lib/storage";

/**
 * Whether this admin hid the checklist in this browser with all that is undone now. What was done since and becomes undone again was not
 * hidden, so it shows.
 */
export function useHidden(undone: readonly string[] | undefined): [boolean, () => void] {
  const { user } = useSignedIn();
  const key = `roundtable.setup.${user.id}`;
  const [hidden, setHidden] = useState<readonly string[]>(() => storage.get(key)?.split(",") ?? []);
  const keep = (names: readonly string[]) => {
    setHidden(names);
    storage.set(key, names.join(","));
  };
  const still = hidden.filter((name) => undone?.includes(name));
  useEffect(() => {
    if (undone && still.length < hidden.length) {
      keep(still);
    }
  });
  return [undone?.every((name) => hidden.includes(name)) ?? true, () => keep(undone ?? [])];
}
