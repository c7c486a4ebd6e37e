const key = "roundtable.waitingLogin";
const lifetime = 10 * 60 * 1000;

/** Remembers that a login waits to be connected, which only a cookie knows that pages cannot read. */
export const waitingLogin = {
  note: () => localStorage.setItem(key, String(Date.now())),
  clear: () => localStorage.removeItem(key),
  isRecent: () => Date.now() - Number(localStorage.getItem(key)) < lifetime,
};
