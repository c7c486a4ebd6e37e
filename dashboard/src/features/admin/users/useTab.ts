import { isOneOf, useAddress } from "../../../shared/lib/address";

/** The open tab, stored in the URL so that it can be shared; the first one if the URL names none of them. */
export function useTab<T extends string>(tabs: readonly [T, ...T[]]) {
  const [query, setQuery] = useAddress({ tab: isOneOf(tabs) });
  const open = (tab: string | null) =>
    setQuery(
      (before) => {
        const after = new URLSearchParams(before);
        if (tab && tab !== tabs[0]) {
          after.set("tab", tab);
        } else {
          after.delete("tab");
        }

        return after;
      },
      { preventScrollReset: true },
    );
  return [tabs.find((tab) => tab === query.get("tab")) ?? tabs[0], open] as const;
}
