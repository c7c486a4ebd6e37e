import { useEffect } from "react";
import { type Location, useLocation } from "react-router";

const searches = new Map<string, string>();

/** The filters without the dialog, which the way back does not open again. */
function filtersOf(search: string) {
  const query = new URLSearchParams(search);
  query.delete("dialog");
  return query.size > 0 ? `?${query}` : "";
}

/** Remembers the filters of each page, for the way back to it. */
export function useRememberPlaces() {
  const { pathname, search } = useLocation();
  useEffect(() => {
    searches.set(pathname, filtersOf(search));
  }, [pathname, search]);
}

/** The page as it was left. */
export const placeOf = (path: string) => path + (searches.get(path) ?? "");

/** A list is scrolled to where it was, also by a link; other pages are only by the browser's own way back. */
export const scrollKey = ({ pathname, search, key }: Location) => (/^\/admin\/[^/]+$/.test(pathname) ? pathname + filtersOf(search) : key);

/** Forgets the places of another user. */
export const forgetPlaces = () => searches.clear();
