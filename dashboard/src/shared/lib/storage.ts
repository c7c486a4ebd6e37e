const memory = new Map<string, string>();

/** The browser's storage; the page's memory where the browser blocks it, so that a choice lasts at least until the page is left. */
export const storage = {
  get: (key: string): string | null => attempt(() => localStorage.getItem(key)) ?? memory.get(key) ?? null,
  set: (key: string, value: string) => {
    memory.set(key, value);
    attempt(() => localStorage.setItem(key, value));
  },
  remove: (key: string) => {
    memory.delete(key);
    attempt(() => localStorage.removeItem(key));
  },
};

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
