import type Papa from "papaparse";
import type { ParseResult } from "papaparse";
import type { Progress } from "../../../../shared/lib/jobs";
import { download } from "../../../../shared/lib/download";
import { retried } from "../../../../shared/lib/retried";
import { firstName, lastName, leaveOut, type Plan } from "./columns";

const sampleRows = 5;
// Small enough that the page answers between two pieces of a long file.
const chunkSize = 256 * 1024;

/** The beginning of a file. */
export interface Sample {
  delimiter: string;
  headings: readonly string[];
  rows: readonly (readonly string[])[];
}

/** A file that is not CSV, or not in UTF-8, from a line on. */
export class CsvError extends Error {
  readonly fault: "encoding" | "quotes";
  readonly line: number;

  constructor(fault: CsvError["fault"], line: number) {
    super(`${fault} in line ${line}`);
    [this.fault, this.line] = [fault, line];
  }
}

/** The library is loaded when a file is chosen. */
export const loadCsv = (): Promise<typeof Papa> => retried(() => import("papaparse")).then((m) => m.default);

/** Saves a table for spreadsheets, which read UTF-8 only with the mark in front, and would compute what begins like a formula. */
export async function saveTable(name: string, rows: readonly (readonly (string | number)[])[]) {
  const { unparse } = await loadCsv();
  download(name, `\uFEFF${unparse(rows as (string | number)[][], { escapeFormulae: true })}\r\n`, "text/csv");
}

/** Reads the column names and the first rows. */
export async function readSample(file: File): Promise<Sample> {
  const { parse } = await loadCsv();
  return new Promise((resolve, reject) => {
    const taken: string[][] = [];
    let delimiter = ",";
    parse<string[], File>(file, {
      chunkSize,
      skipEmptyLines: "greedy",
      step: ({ data, meta }, parser) => {
        delimiter = meta.delimiter;
        taken.push(data);
        if (taken.length > sampleRows) {
          parser.abort();
        }
      },
      complete: () => {
        const [headings = [], ...rows] = taken;
        resolve({ delimiter, headings: headings.map((h) => h.trim()), rows });
      },
      error: reject,
    });
  });
}

/**
 * Writes the file with the API's columns, piece by piece. Each row keeps its line, so that a report about the result fits the file too.
 */
export async function rewrite(file: File, plan: Plan, signal: AbortSignal, report: (progress: Progress) => void): Promise<Blob> {
  await checkEncoding(file, signal);
  const { parse, unparse } = await loadCsv();
  const columns = plan.targets.flatMap((target, i) => (target === undefined || isPart(target) ? [] : [{ target, i }]));
  const parts = [firstName, lastName].map((part) => plan.targets.indexOf(part)).filter((i) => i >= 0);
  const header = [...columns.map((c) => c.target), ...(parts.length > 0 ? ["name"] : [])];
  const written: Blob[] = [];
  let line = 1;
  let isFirst = true;
  const rewriteRow = (row: string[]) => {
    const isBlank = row.every((cell) => cell.trim() === "");
    const cells = isBlank
      ? []
      : isFirst
        ? header
        : [
            ...columns.map(({ i }) => row[i] ?? ""),
            ...(parts.length > 0
              ? [
                  parts
                    .map((i) => (row[i] ?? "").trim())
                    .join(" ")
                    .trim(),
                ]
              : []),
            // The API reports rows with too many cells.
            ...row.slice(plan.headings.length),
          ];
    isFirst &&= isBlank;
    line += 1 + breaks(row);
    return (isBlank ? "" : unparse([cells])) + "\r\n".repeat(breaks(row) - breaks(cells) + 1);
  };
  return new Promise((resolve, reject) => {
    const stop = (parser: { abort: () => void }, error: Error) => {
      parser.abort();
      reject(error);
    };
    parse<string[], File>(file, {
      delimiter: plan.delimiter,
      chunkSize,
      chunk: ({ data, errors, meta }: ParseResult<string[]>, parser) => {
        const quotes = errors.find((e) => e.type === "Quotes");
        if (signal.aborted || quotes) {
          const before = data.slice(0, quotes?.row ?? 0).reduce((sum, row) => sum + 1 + breaks(row), 0);
          stop(parser, quotes ? new CsvError("quotes", line + before) : new DOMException("The import was cancelled.", "AbortError"));
          return;
        }

        // A blob may lie on the disk; a long text may not.
        written.push(new Blob([data.map(rewriteRow).join("")]));
        report({ bytes: meta.cursor });
      },
      complete: () => resolve(new Blob(written, { type: "text/csv" })),
      error: reject,
    });
  });
}

const isPart = (target: string) => target === leaveOut || target === firstName || target === lastName;

const breaks = (cells: readonly string[]) => cells.reduce((sum, cell) => sum + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0);

/** Reading would replace what is not UTF-8, and the names would be imported garbled. */
async function checkEncoding(file: File, signal: AbortSignal) {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const reader = file.stream().getReader();
  for (let line = 1; ;) {
    const { done, value } = await reader.read();
    signal.throwIfAborted();
    try {
      const text = decoder.decode(value, { stream: !done });
      line += text.split("\n").length - 1;
    } catch {
      // What cannot be read is replaced here.
      const [before = ""] = new TextDecoder().decode(value).split("\uFFFD", 1);
      throw new CsvError("encoding", line + before.split("\n").length - 1);
    }

    if (done) {
      return;
    }
  }
}
