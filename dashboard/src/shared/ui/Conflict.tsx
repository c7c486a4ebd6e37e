import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { useI18n } from "../../i18n";

/** Another user changed the same resource meanwhile: reload, or apply the change on top of theirs. */
export function Conflict({ onReload, onAgain }: { onReload: () => void; onAgain: () => void }) {
  const { t } = useI18n();
  return (
    <Alert color="orange" title={t("conflict.title")} role="alert">
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{t("conflict.text")}</Text>
        <Group gap="xs">
          <Button size="xs" onClick={onReload}>
            {t("conflict.reload")}
          </Button>
          <Button size="xs" variant="default" onClick={onAgain}>
            {t("conflict.again")}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
