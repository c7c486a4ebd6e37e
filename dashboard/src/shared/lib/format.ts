import { useContext } from "react";
import { useI18n } from "../../i18n";
import { SignedIn } from "./session";

/** Formats dates and numbers in the user's time zone and display language. */
export function useFormat() {
  const { locale } = useI18n();
  return formats(locale, useContext(SignedIn)?.user.profile.timeZone ?? undefined);
}

type Formats = ReturnType<typeof make>;

const made = new Map<string, Formats>();

/** Cached: creating a formatter takes longer than rendering a row of a list. */
function formats(locale: string, timeZone: string | undefined): Formats {
  const key = `${locale} ${timeZone}`;
  const known = made.get(key) ?? make(locale, timeZone);
  made.set(key, known);
  return known;
}

function make(locale: string, timeZone: string | undefined) {
  const zone = isZone(timeZone) ? timeZone : Intl.DateTimeFormat().resolvedOptions().timeZone;
  const options = { timeZone: zone };
  const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short", ...options });
  const exact = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "long", ...options });
  const date = new Intl.DateTimeFormat(locale, { dateStyle: "medium", ...options });
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });
  // Older browsers lack it: they show the time itself.
  const relative = "RelativeTimeFormat" in Intl ? new Intl.RelativeTimeFormat(locale, { numeric: "auto" }) : null;
  const number = new Intl.NumberFormat(locale);
  return {
    /** The user's time zone: the profile's, or else the device's. */
    zone,
    /** The time that is meant by the text of a date field, such as 2026-10-05T10:00. */
    instant: (text: string) => instantOf(text, zone),
    /** The text of a date field for a time. */
    field: (iso: string) => wallOf(Date.parse(iso), zone).slice(0, 16),
    /** The calendar day a number of days ago, such as 2026-10-05. */
    dayAgo: (days: number) => new Date(Date.parse(`${wallOf(Date.now(), zone)}Z`) - days * 86_400_000).toISOString().slice(0, 10),
    /** With the day of the week, seconds and zone. */
    exact: (iso: string) => exact.format(new Date(iso)),
    dateTime: (iso: string) => dateTime.format(new Date(iso)),
    date: (iso: string) => date.format(new Date(iso)),
    /** A calendar day, in any time zone. */
    day: (iso: string) => day.format(new Date(iso)),
    number: (value: number) => number.format(value),
    /** A share from 0 to 1, rounded down: all is only 100 % if none is missing. */
    percent: (share: number) => (Math.floor(share * 100) / 100).toLocaleString(locale, { style: "percent" }),
    bytes: (value: number) =>
      value < 1_000_000
        ? (value / 1000).toLocaleString(locale, { style: "unit", unit: "kilobyte", maximumFractionDigits: 0 })
        : (value / 1_000_000).toLocaleString(locale, { style: "unit", unit: "megabyte", maximumFractionDigits: 1 }),
    /** A duration in its largest unit. */
    seconds: (value: number) => {
      const [unit, length] = units.find(([, l]) => value >= l) ?? (["second", 1] as const);
      return Math.floor(value / length).toLocaleString(locale, { style: "unit", unit, unitDisplay: "long" });
    },
    ago: (iso: string) => {
      if (!relative) {
        return dateTime.format(new Date(iso));
      }

      const seconds = (new Date(iso).getTime() - Date.now()) / 1000;
      const [unit, length] = units.find(([, l]) => Math.abs(seconds) >= l) ?? (["second", 1] as const);
      return relative.format(unit === "second" ? 0 : Math.round(seconds / length), unit);
    },
  };
}

const units = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
] as const;

function instantOf(text: string, timeZone: string) {
  const wall = Date.parse(`${text.includes("T") ? text : `${text}T00:00`}Z`);
  const ahead = (time: number) => Date.parse(`${wallOf(time, timeZone)}Z`) - Math.floor(time / 1000) * 1000;
  // Twice, since the clocks may change between the first guess and the result.
  return new Date(wall - ahead(wall - ahead(wall))).toISOString();
}

// The Swedish form is ISO 8601 but for the T.
const wallOf = (time: number, timeZone: string) =>
  new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" }).format(time).replace(" ", "T");

function isZone(zone: string | undefined): zone is string {
  try {
    return zone !== undefined && new Intl.DateTimeFormat("en", { timeZone: zone }).format() !== "";
  } catch {
    return false;
  }
}
