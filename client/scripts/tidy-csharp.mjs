// What NSwag has no option for in C#: members that a change can leave out or clear, required members of bodies,
// and a class with all clients.
import { readFileSync, writeFileSync } from "node:fs";

const file = new URL("../csharp/Roundtable.Client/Generated.cs", import.meta.url);
const { paths, components } = JSON.parse(readFileSync(new URL("../openapi.json", import.meta.url), "utf8"));
const operations = Object.values(paths).flatMap((path) => Object.entries(path).filter(([, operation]) => operation.operationId));
const namesIn = (json) => [...JSON.stringify(json ?? {}).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map((m) => m[1]);

/** The schemas that are named in these, and in those. */
function reachable(json, found = new Set()) {
  for (const name of namesIn(json).filter((n) => !found.has(n))) {
    reachable(components.schemas[name], found.add(name));
  }

  return found;
}

const changes = new Set(operations.flatMap(([method, o]) => (method === "patch" ? namesIn(o.requestBody) : [])));
const answered = reachable(operations.map(([, o]) => o.responses));
const sent = new Set([...reachable(operations.map(([, o]) => o.requestBody))].filter((n) => !answered.has(n)));
const isRequired = (type, member) => components.schemas[type].required?.includes(member) === true;

const list = /^System\.Collections\.Generic\.IReadOnlyList<(.*)>$/;
const map = /^System\.Collections\.Generic\.IReadOnlyDictionary<(.*)>$/;
// An interface has no implicit conversions, so that `Roles = new[] { "user" }` would not compile.
const settable = (type) => type.replace(list, "$1[]").replace(map, "System.Collections.Generic.Dictionary<$1>");

function member(type, [line, name, attribute, property, value, rest]) {
  if (changes.has(type) && !isRequired(type, name)) {
    const ignored =
      "[System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingDefault)]";
    return `${attribute}\n    ${ignored}\n    public Optional<${settable(value.replace(/\?$/, ""))}?> ${property} { get; init; }`;
  }

  return sent.has(type) && isRequired(type, name) ? `${attribute}\n    public required ${value} ${property} { get; init; }` : line;
}

const rules = [
  // Of a choice of plain types NSwag takes the first.
  [
    /(\[System\.Text\.Json\.Serialization\.JsonPropertyName\("(?:extra|formerExtra)"\)\]\n.*Dictionary<string, )string\?>/g,
    "$1System.Text.Json.Nodes.JsonNode?>",
  ],
  // The content knows its type: imports take CSV and NDJSON.
  [/\bFileParameter body\b/g, "System.Net.Http.HttpContent body"],
  [/<FileResponse>/g, "<byte[]>"],
  [/\bif_Match\b/g, "ifMatch"],
  [
    /^public sealed partial class (\w+)\n\{[\s\S]*?^\}/gm,
    (text, type) =>
      text.replace(
        /(\[System[\w.]*\.JsonPropertyName\("(\w+)"\)\])\n    public (\S+(?: \S+>\??)*) (\w+) \{ get; init; \}( = default!;)?/g,
        (line, attribute, name, value, property, rest) => member(type, [line, name, attribute, property, value, rest]),
      ),
  ],
  // Markdown's code is XML's here.
  [/^( *\/\/\/ .*)$/gm, (line) => line.replace(/`([^`]+)`/g, "<c>$1</c>").replaceAll("<br/>", "<br />")],
  [/ +$/gm, ""],
  [/\n{3,}/g, "\n\n"],
  [/\n\n( *\})/g, "\n$1"],
];
const text = rules.reduce((t, [from, to]) => t.replace(from, to), readFileSync(file, "utf8"));
const names = [...text.matchAll(/^public partial class (\w+)Client\(/gm)].map((m) => m[1]).sort();
const properties = names.map((n) =>
  [`    /// <summary>The operations of the tag ${n}.</summary>`, `    public ${n}Client ${n} => field ??= new(http);`].join("\n"),
);
const all = `
public sealed partial class RoundtableClient
{
${properties.join("\n\n")}
}
`;
writeFileSync(file, text.trimEnd() + "\n" + all);
