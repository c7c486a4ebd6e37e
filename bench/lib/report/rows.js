import { systems } from "./titles.js";

const forms = {
  session: { session: "", "session-route": ", own route" },
};

/** The results of a scenario: one row per system, or per form in which the system has it. */
export function rowsOf(results, scenario) {
  return Object.entries(systems).flatMap(([system, name]) =>
    Object.entries(forms[scenario] ?? { [scenario]: "" }).flatMap(([form, suffix]) => {
      const figures = results.load(form, system);
      return figures ? [{ system, name: name + suffix, figures }] : [];
    }),
  );
}
