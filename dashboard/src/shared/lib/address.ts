import { useEffect } from "react";
import { createSearchParams, type SetURLSearchParams, useSearchParams } from "react-router";

type Check = (value: string) => boolean;

const isTime = (utc: string) => !Number.isNaN(Date.parse(utc));

export const isDay: Check = (value) => /^[12]\d{3}-\d{2}-\d{2}$/.test(value) && isTime(`${value}T00:00Z`);

/** A day and a time without a zone, as inputs of this kind have it. */
export const isLocalTime: Check = (value) => /^[12]\d{3}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?$/.test(value) && isTime(`${value}Z`);

export const isId: Check = (value) => /^[0-9a-f]{32}$/.test(value);

export const isOneOf =
  (values: readonly string[]): Check =>
  (value) =>
    values.includes(value);

/**
 * The values in the page's address, which may come from anywhere: those that fail their check are absent, and removed from the
 * address too. Setting them adds a step to the way back, except with `replace`, which is for dialogs and for text while it is typed.
 */
export function useAddress(checks: Readonly<Record<string, Check>>): [URLSearchParams, SetURLSearchParams] {
  const [query, setQuery] = useSearchParams();
  const validOf = (given: URLSearchParams) => new URLSearchParams([...given].filter(([name, value]) => checks[name]?.(value) ?? true));
  const valid = validOf(query);
  const [given, wanted] = [query.toString(), valid.toString()];
  useEffect(() => {
    if (wanted !== given) {
      setQuery(wanted, { replace: true });
    }
  }, [wanted, given]);
  const set: SetURLSearchParams = (next, options) => {
    // The address itself: after another change, the page may not have been rendered yet.
    const now = new URLSearchParams(window.location.search);
    const after = createSearchParams(typeof next === "function" ? next(validOf(now)) : next);
    // The same again is no step on the way back.
    if (after.toString() !== now.toString()) {
      setQuery(after, options);
    }
  };
  return [valid, set];
}
