/** The goals for the results: name, value, bound and direction. Without a value: not measured. */
export function goals(results) {
  const rate = (scenario, system) => results.load(scenario, system)?.rate;
  const times = (a, b) => (a && b ? a / b : undefined);
  const fastest = (...rates) => Math.max(...rates.filter(Boolean), 0) || undefined;
  const atLeast = (what, value, bound) => ({ what, value, bound, unit: "×", met: value >= bound, sign: "≥" });
  const atMost = (what, value, bound, unit) => ({ what, value, bound, unit, met: value <= bound, sign: "≤" });

  const hotPath = ["session", "user"].flatMap((scenario) => {
    const own = rate(scenario, "roundtable");
    return [
      atLeast(`${scenario}: to the peer's single process`, times(own, rate(scenario, "peer")), 10),
      atLeast(`${scenario}: to the peer's two workers`, times(own, rate(scenario, "peer-cluster")), 5),
      atLeast(`${scenario}: to MapIdentityApi`, times(own, rate("user", "identity")), 1.3),
      atLeast(`${scenario}: to bare Kestrel with two SELECTs`, times(own, rate("user", "baseline")), 0.4),
      atMost(`${scenario}: server CPU a request`, results.load(scenario, "roundtable")?.cpu, 100, "µs"),
    ];
  });

  const fastestForm = (system) => times(rate("session", "roundtable"), fastest(rate("session", system), rate("session-route", system)));
  const forms = [
    atLeast("session: to the peer's faster form, one process", fastestForm("peer"), 5),
    atLeast("session: to the peer's faster form, two workers", fastestForm("peer-cluster"), 5),
  ];

  const pages = ["list", "search", "search-common"].map((scenario) =>
    atLeast(`${scenario}: to the peer's`, times(rate(scenario, "roundtable"), rate(scenario, "peer")), 6),
  );

  const [smallest, largest] = [results.sizes()[0], results.sizes().at(-1)];
  const p99 = (scenario, users) => users && results.figures("growth", scenario, "roundtable", users)?.p99;
  const growth = ["list", "search", "search-common"].map((scenario) =>
    atMost(
      `${scenario}: p99 at ${largest?.toLocaleString("en")} users to that at ${smallest?.toLocaleString("en")}`,
      times(p99(scenario, largest), p99(scenario, smallest)),
      1.5,
      "×",
    ),
  );

  return [
    ...hotPath,
    ...forms,
    ...pages,
    ...growth,
    ...["user", "list"].map((scenario) =>
      atMost(
        `${scenario} by API key: server CPU to that by cookie`,
        times(results.load(`${scenario}-key`, "roundtable")?.cpu, results.load(scenario, "roundtable")?.cpu),
        1.2,
        "×",
      ),
    ),
    atLeast("patch: to the peer's", times(rate("patch", "roundtable"), rate("patch", "peer")), 4),
    atMost("patch: p99", results.load("patch", "roundtable")?.p99, 50, "ms"),
    atLeast("magic-link: to the peer's", times(rate("magic-link", "roundtable"), rate("magic-link", "peer")), 5),
    atMost("cold start: to the peer's single process", times(results.coldStart("roundtable"), results.coldStart("peer")), 1, "×"),
    atMost("memory: RSS under load", results.memoryUnderLoad("roundtable"), 200, "MB"),
  ].filter((goal) => goal.value !== undefined);
}
