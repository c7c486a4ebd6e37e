import { useSearchParams } from "react-router";

export const presets = ["7", "30", "90"] as const;

const length = 86_400_000;
const longest = 366;
const day = (back: number) => new Date(Date.now() - back * length).toISOString().slice(0, 10);
const isDay = (text: string | null): text is string => text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));

/** Which days the figures are of. It stands in the address, so that it can be kept, sent and gone back to. Days are UTC, as the API counts them. */
export function usePeriod() {
  const [query, setQuery] = useSearchParams();
  const [first, last] = [query.get("from"), query.get("to")];
  const free = isDay(first) && isDay(last) && first <= last;
  const preset = free ? "" : presets.find((p) => p === query.get("days")) ?? "30";
  const from = free ? first : day(Number(preset) - 1);
  const to = free ? last : day(0);
  const setRange = (changes: { from?: string; to?: string }) => {
    const range = { from, to, ...changes };
    if (isDay(range.from) && isDay(range.to)) {
      // The day that was chosen holds; the other one follows where it has to.
      const swapped = range.from > range.to ? (changes.from ? { from: range.from, to: range.from } : { from: range.to, to: range.to }) : range;
      setQuery(swapped);
    }
  };
  const setPreset = (days: string) => setQuery(days === "" ? { from, to } : { days });
  return { preset, from, to, tooLong: (Date.parse(to) - Date.parse(from)) / length >= longest, setRange, setPreset };
}
