import { storage } from "./storage";

const key = "roundtable.waitingLogin";
const lifetime = 10 * 60 * 1000;

/** Remembers that a login waits to be connected, which only a cookie knows that pages cannot read. */
export const waitingLogin = {
  note: () => storage.set(key, String(Date.now())),
  clear: () => storage.remove(key),
  isRecent: () => Date.now() - Number(storage.get(key)) < lifetime,
};
