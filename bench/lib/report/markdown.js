import { goals } from "./goals.js";
import { rowsOf } from "./rows.js";
import { scenarios, systems } from "./titles.js";

const number = (value, digits = 0) =>
  value === undefined ? "–" : value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });

function table(head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map((_, at) => (at === 0 ? "---" : "---:"))), ...rows.map(line)].join("\n");
}

function section(title, ...parts) {
  return [`## ${title}`, ...parts].join("\n\n");
}

function goalSection(results) {
  const rows = goals(results).map(({ what, value, bound, unit, sign, met }) => {
    const digits = unit === "×" ? 2 : 1;
    return [what, `${number(value, digits)} ${unit}`, `${sign} ${bound} ${unit}`, met ? "yes" : "**no**"];
  });
  return section("Goals", table(["Roundtable", "measured", "goal", "met"], rows));
}

function loads(results) {
  return Object.entries(scenarios).flatMap(([scenario, title]) => {
    const measured = rowsOf(results, scenario);
    const own = results.load(scenario, "roundtable")?.rate;
    const rows = measured.map(({ name, figures: { rate, cpu, p50, p99, rss } }) => {
      const ratio = own ? `${number(own / rate, 2)} ×` : "–";
      return [name, number(rate), ratio, number(cpu, 1), number(p50, 2), number(p99, 2), number(rss)];
    });
    const head = ["", "per second", "Roundtable is", "CPU µs each", "p50 ms", "p99 ms", "RSS MB"];
    return rows.length > 0 ? [section(title, table(head, rows))] : [];
  });
}

function growth(results) {
  const sizes = results.sizes();
  const rows = Object.entries(scenarios).flatMap(([scenario, title]) =>
    Object.entries(systems).flatMap(([system, name]) => {
      const measured = sizes.map((users) => results.figures("growth", scenario, system, users));
      return measured.some(Boolean)
        ? [[`${title}: ${name}`, ...measured.map((figures) => `${number(figures?.rate)} /s, ${number(figures?.p99, 2)} ms`)]]
        : [];
    }),
  );
  return rows.length > 0
    ? [section("Growth: requests a second and p99 by users and sessions", table(["", ...sizes.map((users) => number(users))], rows))]
    : [];
}

function coldStartAndMemory(results) {
  const rows = Object.entries(systems)
    .map(([system, name]) => [name, results.coldStart(system), results.memoryUnderLoad(system), results.peakMemory(system)])
    .filter(([, ...values]) => values.some((value) => value !== undefined))
    .map(([name, ...values]) => [name, ...values.map((value) => number(value))]);
  return rows.length > 0
    ? [section("Cold start and memory", table(["", "first authenticated 200, ms", "RSS under load, MB", "peak, MB"], rows))]
    : [];
}

function warmUps(results) {
  const rows = Object.entries({ all: "", one: ", on one core" }).flatMap(([cores, suffix]) =>
    Object.entries(systems).flatMap(([system, name]) => {
      const figures = results.warmUp(cores, system);
      return figures ? [[name + suffix, ...figures.map((value, at) => number(value, at % 2))]] : [];
    }),
  );
  const head = ["", "first 10 s, per second", "CPU µs each", "20 to 30 s, per second", "CPU µs each"];
  return rows.length > 0 ? [section("The first seconds: GET /users/{id} from the start of the process", table(head, rows))] : [];
}

function versions(results) {
  return section(
    "Measured on",
    results
      .versions()
      .map(([what, which]) => `- ${what}: ${which}`)
      .join("\n"),
  );
}

export function markdown(results, measured) {
  const intro = [
    "Written by `bench/run`; `bench/README.md` says what is measured and how to read it.",
    `Medians of ${measured} in turn (half as long for growth), 32 connections (64 for the magic-link cycle).`,
  ].join(" ");
  return (
    [
      `# Results`,
      intro,
      "![Requests per second](results.svg)",
      goalSection(results),
      ...loads(results),
      ...growth(results),
      ...coldStartAndMemory(results),
      ...warmUps(results),
      versions(results),
      "",
    ]
      .join("\n\n")
      .trimEnd() + "\n"
  );
}
