// What NSwag has no option for: no `any`, what the hand-written base does stands there only, and a class with all clients.
import { readFileSync, writeFileSync } from "node:fs";

const file = new URL("../src/client.ts", import.meta.url);
const rules = [
  // Fields and constructor of every class: the base has them.
  [/ {4}private http: [\s\S]*?this\.baseUrl = baseUrl \?\? "";\n {4}\}\n\n/g, ""],
  [/ {8}const status = response\.status;\n/g, ""],
  // The compiler refuses null already.
  [/if \((\w+) === null\)\n\s+throw new globalThis\.Error\([^\n]*\);\n\s+else if/g, "if"],
  // The base throws ApiError in place of these.
  [/\nexport class ApiException [\s\S]*$/, ""],
  // Of a choice of plain types NSwag takes the first where it is used, and makes an empty interface of it.
  [/\b((?:extra\?|formerExtra): \{ \[key: string\]: )string;/g, "$1ProfileValue;"],
  [
    /export interface ProfileValue \{[^}]*\}/,
    "/** A string, number or Boolean, or null for none. */\nexport type ProfileValue = string | number | boolean | null;",
  ],
  // A file is a Blob; its other facts are in headers, which the caller of the base sees.
  [/this\.read<FileResponse( \| null)?>\(/g, "this.readFile("],
  [/export interface FileResponse \{[\s\S]*?\n\}\n+/, ""],
  [/\bFileResponse( \| null)?\b/g, "Blob"],
  [/\bdata: any \| null;/g, "data: null;"],
  [/: any;/g, ": unknown;"],
  [/: any\[\];/g, ": unknown[];"],
  [/, any>/g, ", unknown>"],
];
const text = rules.reduce((t, [from, to]) => t.replace(from, to), readFileSync(file, "utf8"));
const left = text.split("\n").filter((l) => !/^\s*(\/?\*|\/\/)/.test(l) && /\bany\b/.test(l));
if (left.length > 0) {
  throw new Error(`client.ts still has 'any':\n${left.join("\n")}`);
}

const names = [...text.matchAll(/^export class (\w+)Client extends ApiClientBase/gm)].map((m) => m[1]).sort();
const member = (name) => name[0].toLowerCase() + name.slice(1);
const all = `
/** The clients of all tags: with one address, one sender and, if given, one API key. */
export class RoundtableClient {
${names.map((n) => `    readonly ${member(n)}: ${n}Client;\n`).join("")}
    /**
     * @param baseUrl Where the API is, without a slash at the end. Default: the page's own origin.
     * @param options The API key, and what sends the requests.
     */
    constructor(baseUrl = "", options: ClientOptions = {}) {
        const http = senderOf(baseUrl, options);
${names.map((n) => `        this.${member(n)} = new ${n}Client(baseUrl, http);\n`).join("")}    }
}
`;
writeFileSync(file, text.trimEnd() + "\n" + all);
