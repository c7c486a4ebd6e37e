import { Skeleton, Stack } from "@mantine/core";
import { useI18n } from "../../i18n";

/** A skeleton for content that is loading. */
export function Loading({ rows = 4, height = 20 }: { rows?: number; height?: number }) {
  const { t } = useI18n();
  return (
    <Stack gap="sm" role="status" aria-label={t("loading")}>
      {Array.from({ length: rows }, (_, i) => (
        <Skeleton key={i} height={height} width={i % 3 === 2 ? "70%" : "100%"} />
      ))}
    </Stack>
  );
}
