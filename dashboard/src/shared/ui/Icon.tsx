const paths = {
  user: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8m-7 8a7 7 0 0 1 14 0",
  shield: "M12 3l8 3v6c0 5-3.5 7.5-8 9-4.5-1.5-8-4-8-9V6z",
  device: "M4 5h16v11H4zm5 15h6m-3-4v4",
  list: "M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01",
  data: "M12 4v11m0 0l-4-4m4 4l4-4M5 20h14",
  chart: "M4 20h16M7 16v-5m5 5V6m5 10v-8",
  users: "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7m-6 9a6 6 0 0 1 12 0m1-9a3 3 0 1 0-1-5.8M18 20h3a5 5 0 0 0-4-5",
  key: "M14 10a4 4 0 1 0-3 3.9L13 16v2h2v2h4v-4l-5-5",
  code: "M8 7l-5 5 5 5m8-10l5 5-5 5m-2-12l-4 14",
  robot: "M5 9h14v10H5zm7-5v5m-2.5 4h.01m4.99 0h.01M9 16.5h6",
  log: "M6 3h9l4 4v14H6zm3 8h7m-7 4h7",
  mail: "M4 6h16v12H4zm0 1l8 6 8-6",
  link: "M10 14a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.7-5.7l-1.3 1.3m2.3 3.4a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1.3-1.3",
  pulse: "M3 12h4l3-7 4 14 3-7h4",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8m0-5v1m0 16v1m9-9h-1M4 12H3m15-6l-1 1M7 17l-1 1m12 0l-1-1M7 7L6 6",
  moon: "M20 14A8 8 0 1 1 10 4a7 7 0 0 0 10 10",
  language: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18m-9 9h18M12 3c5 5 5 13 0 18-5-5-5-13 0-18",
  exit: "M10 4H5v16h5m5-4l4-4-4-4m4 4H9",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  search: "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13m5 11.5L20 20",
  up: "M12 19V5m-6 6l6-6 6 6",
  down: "M12 5v14m-6-6l6 6 6-6",
  plus: "M12 5v14M5 12h14",
  star: "M12 4l2.4 5.2 5.6.7-4.1 3.9 1 5.6-4.9-2.8-4.9 2.8 1-5.6L4 9.9l5.6-.7z",
  columns: "M4 5h16v14H4zm5 0v14m6-14v14",
} as const;

export type IconName = keyof typeof paths;

/** An icon beside a text; never a button's only label. */
export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === "more" ? 3 : 1.8}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      style={{ flex: "none" }}
    >
      <path d={paths[name]} />
    </svg>
  );
}
