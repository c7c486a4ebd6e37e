// usage: main.js <results.tsv> <output folder> <how long it was measured>
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { chart } from "./chart.js";
import { markdown } from "./markdown.js";
import { Results } from "./results.js";

const [file, folder, measured] = process.argv.slice(2);
const results = new Results(file);
writeFileSync(join(folder, "RESULTS.md"), markdown(results, measured));
writeFileSync(join(folder, "results.svg"), chart(results));
