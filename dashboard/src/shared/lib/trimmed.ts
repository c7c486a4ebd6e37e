function trim(value: unknown): unknown {
  switch (true) {
    case typeof value === "string":
      return value.trim();
    case Array.isArray(value):
      return value.map(trim);
    case typeof value === "object" && value !== null:
      return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, trim(part)]));
    default:
      return value;
  }
}

/** The form without blanks around its texts, which pasted addresses and names often have. Not for passwords. */
export const trimmed = <T extends object>(form: T) => trim(form) as T;

/** What is typed in an optional field: blanks alone are nothing. */
export const optional = (text: string) => (text.trim() ? text : null);
