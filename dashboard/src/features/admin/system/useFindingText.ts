import type { HealthCheckDto } from "@roundtable/client";
import { useI18n } from "../../../i18n";
import { useFormat } from "../../../shared/lib/format";

/** The sentence of a check in the display language, with its values as they are written there. */
export function useFindingText() {
  const { lookup } = useI18n();
  const format = useFormat();
  const written = (name: string, value: unknown) =>
    typeof value === "number"
      ? value
      : name.endsWith("At") || name === "time"
        ? format.dateTime(String(value))
        : name === "day"
          ? format.day(String(value))
          : String(value);
  return ({ template, description, data }: HealthCheckDto) => {
    const values = Object.entries(template ? (data as Record<string, unknown>) : {}).map(([n, v]) => [n, written(n, v)] as const);
    return lookup(`checkText.${template ?? description}`, Object.fromEntries(values)) ?? description;
  };
}
