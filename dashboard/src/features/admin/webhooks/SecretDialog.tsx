import { Button, Code, Group, Modal, Stack, Text } from "@mantine/core";
import { useI18n } from "../../../i18n";
import { say } from "../../../shared/lib/toasts";

/** The secret, shown only once: a click outside does not close the dialog. */
export function SecretDialog({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { t } = useI18n();
  return (
    <Modal opened onClose={onClose} title={t("webhooks.secret")} closeOnClickOutside={false} closeButtonProps={{ "aria-label": t("close") }}>
      <Stack>
        <Text size="sm">{t("webhooks.secretText")}</Text>
        <Code block style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }} data-testid="secret">{secret}</Code>
        <Group justify="flex-end">
          <Button variant="default" onClick={() => void navigator.clipboard.writeText(secret).then(() => say(t("copied")))}>{t("copy")}</Button>
          <Button onClick={onClose}>{t("webhooks.secretKept")}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
