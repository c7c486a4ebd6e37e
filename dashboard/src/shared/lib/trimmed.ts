/** The form without blanks around its texts, which pasted addresses and names often have. Not for passwords. */
export function trimmed<T>(form: T): T {
  const trim = (value: unknown): unknown => (typeof value === "string" ? value.trim() : Array.isArray(value) ? value.map(trim) : value);
  return Object.fromEntries(Object.entries(form as object).map(([name, value]) => [name, trim(value)])) as T;
}
