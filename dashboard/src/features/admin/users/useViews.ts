import { usePersonal } from "../../../shared/lib/personal";
import { viewOf } from "./useUserFilter";

/** A filter with its sort order and columns, under a name. */
export interface View {
  name: string;
  /** The search part of the page's address. */
  query: string;
}

export const maxNameLength = 60;
const maxViews = 50;

const isView = (v: unknown): v is View =>
  typeof v === "object" && v !== null && "name" in v && typeof v.name === "string" && "query" in v && typeof v.query === "string";

const read = (stored: unknown): readonly View[] =>
  Array.isArray(stored) ? stored.filter(isView).map((v) => ({ name: v.name, query: viewOf(new URLSearchParams(v.query)) })) : [];

/** The signed-in user's views of the list of users. */
export function useViews() {
  const [views, change] = usePersonal("userViews", read);
  return {
    views,
    full: views.length >= maxViews,
    /** Saves a view; one of the same name is replaced. */
    save: (view: View) => change((now) => sorted([...now.filter((v) => v.name !== view.name), view])),
    rename: (from: string, to: string) =>
      change((now) => sorted(now.filter((v) => v.name !== to || v.name === from).map((v) => (v.name === from ? { ...v, name: to } : v)))),
    remove: (name: string) => change((now) => now.filter((v) => v.name !== name)),
  };
}

export type ViewsState = ReturnType<typeof useViews>;

const sorted = (views: readonly View[]) => [...views].sort((a, b) => a.name.localeCompare(b.name));
