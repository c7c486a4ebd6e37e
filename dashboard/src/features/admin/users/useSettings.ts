import { usePersonal } from "../../../shared/lib/personal";

export type Density = "compact" | "comfortable";

interface Settings {
  density: Density;
  /** Whether keys without a modifier, such as x, are shortcuts. Speech input and slips of the hand set them off. */
  singleKeys: boolean;
}

const read = (stored: unknown): Settings => {
  const { density, singleKeys } = (typeof stored === "object" && stored !== null ? stored : {}) as Record<string, unknown>;
  return { density: density === "comfortable" ? "comfortable" : "compact", singleKeys: singleKeys !== false };
};

/** How the signed-in user wants the list of users to look and react. */
export function useSettings() {
  const [settings, change] = usePersonal("userList", read);
  return { ...settings, set: (some: Partial<Settings>) => change((now) => ({ ...now, ...some })) };
}

export type SettingsState = ReturnType<typeof useSettings>;
