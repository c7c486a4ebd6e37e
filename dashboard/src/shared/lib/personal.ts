import { useState } from "react";
import { useSignedIn } from "./session";
import { storage } from "./storage";

/**
 * A choice of the signed-in user, which this browser keeps under their id: other users of the browser have their own. What is stored may
 * be of another version or from elsewhere: `read` returns what is valid in it.
 */
export function usePersonal<T>(name: string, read: (stored: unknown) => T): [T, (change: (now: T) => T) => void] {
  const key = `roundtable.${name}.${useSignedIn().user.id}`;
  const load = () => read(parse(storage.get(key)));
  const [value, setValue] = useState(load);
  return [
    value,
    (change) => {
      // Another tab may have changed it since.
      const after = change(load());
      storage.set(key, JSON.stringify(after));
      setValue(after);
    },
  ];
}

function parse(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
