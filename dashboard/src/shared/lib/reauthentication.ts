const listeners = new Set<() => void>();

/** Asks for the password again if an operation requires a fresh session. */
export function openReauthentication() {
  listeners.forEach((l) => l());
}

export function onReauthentication(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
