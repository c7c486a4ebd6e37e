import type { ProfileFieldDto } from "@roundtable/client";
import { download } from "../../../../shared/lib/download";
import { loadCsv } from "./csv";

const example: Readonly<Record<string, string>> = {
  email: "ada@example.com",
  name: "Ada Lovelace",
  emailVerified: "true",
  roles: "",
  createdAt: "2026-01-31T09:00:00Z",
  locale: "en",
  timeZone: "Europe/London",
  bio: "",
};

/** A file to fill in: the columns, and a row to replace. */
export async function downloadTemplate(fields: readonly ProfileFieldDto[]) {
  const { unparse } = await loadCsv();
  const row = { ...example, ...Object.fromEntries(fields.map((f) => [`extra.${f.name}`, exampleOf(f)])) };
  download("users-template.csv", `${unparse([Object.keys(row), Object.values(row)])}\r\n`, "text/csv");
}

function exampleOf({ type, choices, min, max }: ProfileFieldDto) {
  switch (type) {
    case "choice":
      return choices[0] ?? "";
    case "number":
      return String(Math.min(min ?? 1, max ?? 1));
    case "boolean":
      return "true";
    case "date":
      return "2026-01-31";
    default:
      return "";
  }
}
