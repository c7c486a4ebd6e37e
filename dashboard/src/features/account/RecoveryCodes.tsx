import { Alert, Button, Code, Group, SimpleGrid, Stack, Text } from "@mantine/core";
import { useI18n } from "../../i18n";
import { download } from "../../shared/lib/download";
import { useSecret } from "../../shared/lib/unsaved";
import { CopyText } from "../../shared/ui/CopyText";

/** The codes, shown only once. */
export function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const { t } = useI18n();
  const keep = useSecret();
  const text = codes.join("\n");
  return (
    <Alert color="orange" title={t("recovery.title")} role="status">
      <Stack>
        <Text size="sm">{t("recovery.text")}</Text>
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs" maw={420} component="ul" p={0} m={0} style={{ listStyle: "none" }}>
          {codes.map((code) => (
            <li key={code}>
              <Code fz="sm">{code}</Code>
            </li>
          ))}
        </SimpleGrid>
        <Group gap="xs">
          <Button size="xs" onClick={() => download("roundtable-recovery-codes.txt", `${text}\n`, "text/plain")}>
            {t("recovery.download")}
          </Button>
          <CopyText text={text} size="xs" />
          <Button size="xs" variant="default" onClick={() => keep(onDone)}>
            {t("recovery.done")}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
