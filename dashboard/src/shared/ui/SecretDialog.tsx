import { Button, Code, Group, Stack, Text } from "@mantine/core";
import { useI18n } from "../../i18n";
import { useSecret } from "../lib/unsaved";
import { CopyText } from "./CopyText";
import { Dialog } from "./Dialog";

/** A secret, shown only once: only the button that says that it was kept closes the dialog, and not Escape. */
export function SecretDialog({ title, text, secret, onClose }: { title: string; text: string; secret: string; onClose: () => void }) {
  const { t } = useI18n();
  const keep = useSecret();
  return (
    <Dialog onClose={() => undefined} title={title} withCloseButton={false}>
      <Stack>
        <Text size="sm">{text}</Text>
        <Code block style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }} data-testid="secret">
          {secret}
        </Code>
        <Group justify="flex-end">
          <CopyText text={secret} data-autofocus />
          <Button onClick={() => keep(onClose)}>{t("secret.kept")}</Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
