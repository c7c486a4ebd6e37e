import { Text } from "@mantine/core";
import { useI18n } from "../../../i18n";
import { useFormat } from "../../../shared/lib/format";

/** A number's change against the period before, in words: a rise is good or bad depending on the number, so that no colour judges it. */
export function Change({ now, before }: { now: number; before: number }) {
  const { t } = useI18n();
  const format = useFormat();
  const values = { before: format.number(before), percent: format.percent(before === 0 ? 0 : Math.abs(now - before) / before) };
  const rose = now > before;
  return (
    <Text size="xs" c="dimmed">
      {now === before ? (
        t("stats.same", values)
      ) : before === 0 ? (
        t("stats.none")
      ) : (
        <>
          <span aria-hidden>{rose ? "▲ " : "▼ "}</span>
          {t(rose ? "stats.more" : "stats.fewer", values)}
        </>
      )}
    </Text>
  );
}
