import { Progress } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useNavigation } from "react-router";
import { useI18n } from "../i18n";

const noticeable = 200;

/** A line at the top while the code of the next page takes its time. */
export function Pending() {
  const { t } = useI18n();
  const pending = useNavigation().state !== "idle";
  const [late] = useDebouncedValue(pending, noticeable);
  return pending && late ? (
    <Progress
      value={100}
      animated
      radius={0}
      size={3}
      aria-label={t("loading")}
      style={{ position: "fixed", insetInline: 0, top: 0, zIndex: 350 }}
    />
  ) : null;
}
