/** The time zones to choose from; also those in use that the browser does not list, such as UTC, or all if it lists none. */
export function zones(...inUse: readonly (string | null)[]): string[] {
  // Absent in browsers of before 2022.
  const listed = (Intl as { supportedValuesOf?: typeof Intl.supportedValuesOf }).supportedValuesOf?.("timeZone") ?? [];
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return [...new Set([...listed, "UTC", own, ...inUse])].filter((z) => z !== null).sort();
}
