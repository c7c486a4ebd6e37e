import { isDay, isOneOf, useAddress } from "../../../shared/lib/address";

export const presets = ["7", "30", "90"] as const;

/** The first and the last day, such as 2026-11-26, in UTC like the API's statistics. */
export interface Days {
  from: string;
  to: string;
}

const length = 86_400_000;
const longest = 366;
const day = (back: number) => new Date(Date.now() - back * length).toISOString().slice(0, 10);

/** Why these days are invalid, if they are. */
export function faultOf({ from, to }: Days) {
  if (!isDay(from) || !isDay(to) || from > to) {
    return "noPeriod";
  }

  return (Date.parse(to) - Date.parse(from)) / length >= longest ? "tooLong" : undefined;
}

/** The period of the figures. It is part of the URL, so that it can be bookmarked, shared and navigated back to. */
export function usePeriod() {
  const [query, setQuery] = useAddress({ days: isOneOf(presets), from: isDay, to: isDay });
  const asked: Days = { from: query.get("from") ?? "", to: query.get("to") ?? "" };
  const free = !faultOf(asked);
  const preset = free ? "" : (presets.find((p) => p === query.get("days")) ?? "30");
  const days = free ? asked : { from: day(Number(preset) - 1), to: day(0) };
  return {
    ...days,
    preset,
    setDays: ({ from, to }: Days) => setQuery({ from, to }),
    setPreset: (chosen: string) => setQuery(chosen === "" ? { from: days.from, to: days.to } : { days: chosen }),
  };
}
