// usage: main.js <results.tsv> <output folder> <rounds> <seconds>
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { chart } from "./chart.js";
import { markdown } from "./markdown.js";
import { Results } from "./results.js";

const [file, folder, rounds, seconds] = process.argv.slice(2);
const results = new Results(file);
writeFileSync(join(folder, "RESULTS.md"), markdown(results, { rounds, seconds }));
writeFileSync(join(folder, "results.svg"), chart(results));
