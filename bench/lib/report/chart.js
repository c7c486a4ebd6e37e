import { rowsOf } from "./rows.js";
import { scenarios } from "./titles.js";

const width = 860;
const left = 340;
const right = 150;
const bar = 16;
const gap = 6;

const escape = (text) => text.replace(/[&<>]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[c]);
const text = (x, y, content, kind) => `<text x="${x}" y="${y}" class="${kind}">${escape(content)}</text>`;

// One colour for Roundtable, one for all others; both have enough contrast on white and on black.
const style = `
  text { font: 13px system-ui, sans-serif; fill: #1f2328 }
  .title { font-weight: 600 }
  .name { text-anchor: end }
  .bar { fill: #8c959f }
  .own { fill: #1a7f5a }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 }
    .bar { fill: #6e7681 }
    .own { fill: #3fb984 }
  }`;

function group(title, bars, top) {
  const largest = Math.max(...bars.map(({ figures }) => figures.rate));
  const own = bars.find(({ system }) => system === "roundtable")?.figures.rate;
  const rows = bars.map(({ system, name, figures: { rate } }, at) => {
    const y = top + 26 + at * (bar + gap);
    const length = Math.max(1, (rate / largest) * (width - left - right));
    const ratio = own && system !== "roundtable" ? `  (${(own / rate).toPrecision(2)} ×)` : "";
    return [
      text(left - 10, y + 13, name, "name"),
      `<rect x="${left}" y="${y}" width="${length.toFixed(1)}" height="${bar}" rx="3" class="${system === "roundtable" ? "own" : "bar"}"/>`,
      text(left + length + 8, y + 13, `${Math.round(rate).toLocaleString("en")}${ratio}`, "value"),
    ].join("\n");
  });
  return { svg: [text(0, top + 14, `${title}, per second`, "title"), ...rows].join("\n"), height: 26 + bars.length * (bar + gap) + 18 };
}

/** Bars of each system's requests per second, grouped by scenario; in brackets Roundtable's factor over it. */
export function chart(results) {
  const parts = [];
  let top = 0;
  for (const [scenario, title] of Object.entries(scenarios)) {
    const bars = rowsOf(results, scenario);
    if (bars.length > 0) {
      const { svg, height } = group(title, bars, top);
      parts.push(svg);
      top += height;
    }
  }
  const box = `viewBox="0 0 ${width} ${Math.max(top, 20)}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${box} role="img" aria-label="Requests per second of each system">
<style>${style}
</style>
${parts.join("\n")}
</svg>
`;
}
