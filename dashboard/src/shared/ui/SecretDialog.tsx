import { Button, Code, Group, Stack, Text } from "@mantine/core";
import { useI18n } from "../../i18n";
import { CopyText } from "./CopyText";
import { Dialog } from "./Dialog";

/** A secret, shown only once: a click outside does not close the dialog. */
export function SecretDialog({ title, text, secret, onClose }: { title: string; text: string; secret: string; onClose: () => void }) {
  const { t } = useI18n();
  return (
    <Dialog onClose={onClose} title={title} closeOnClickOutside={false}>
      <Stack>
        <Text size="sm">{text}</Text>
        <Code block style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }} data-testid="secret">
          {secret}
        </Code>
        <Group justify="flex-end">
          <CopyText text={secret} data-autofocus />
          <Button onClick={onClose}>{t("secret.kept")}</Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
