import { readFileSync } from "node:fs";

const figures = ["rate", "cpu", "p50", "p99", "rss"];

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The records of bench/run, one per line: a kind and its values. */
export class Results {
  #lines;

  constructor(file) {
    this.#lines = readFileSync(file, "utf8")
      .trim()
      .split("\n")
      .map((line) => line.split("\t"));
  }

  #of(kind, ...key) {
    return this.#lines
      .filter((line) => line[0] === kind && key.every((part, at) => line[at + 1] === String(part)))
      .map((line) => line.slice(1 + key.length));
  }

  /** Medians over the rounds; undefined if not measured. Kind: load or growth. */
  figures(kind, scenario, system, users) {
    const rounds = users ? this.#of(kind, scenario, system, users) : this.#of(kind, scenario, system).map((line) => line.slice(1));
    return rounds.length > 0
      ? Object.fromEntries(figures.map((name, at) => [name, median(rounds.map((line) => Number(line[at])))]))
      : undefined;
  }

  load(scenario, system) {
    return this.figures("load", scenario, system);
  }

  sizes() {
    return [...new Set(this.#of("growth").map((line) => Number(line[2])))].toSorted((a, b) => a - b);
  }

  coldStart(system) {
    const times = this.#of("cold-start", system).map((line) => Number(line[1]));
    return times.length > 0 ? median(times) : undefined;
  }

  /** Cores: one or all. Figures of the first 10 s of a process, and of seconds 20 to 30. */
  warmUp(cores, system) {
    const [line] = this.#of("warm-up", cores, system);
    return line?.slice(1).map(Number);
  }

  peakMemory(system) {
    const peaks = this.#of("memory", system).map((line) => Number(line[1]));
    return peaks.length > 0 ? Math.max(...peaks) : undefined;
  }

  /** The highest RSS seen at the end of a round. */
  memoryUnderLoad(system) {
    const seen = this.#lines.filter((line) => line[0] === "load" && line[2] === system).map((line) => Number(line.at(-1)));
    return seen.length > 0 ? Math.max(...seen) : undefined;
  }

  versions() {
    return this.#of("version");
  }
}
