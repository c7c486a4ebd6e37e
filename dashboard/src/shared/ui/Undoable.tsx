import { Button, Group, Text } from "@mantine/core";
import { useI18n } from "../../i18n";
import { useErrorText } from "../lib/errors";
import { useMutation } from "../lib/mutation";

/** A success message with an undo button. */
export function Undoable({ message, undo, onDone }: { message: string; undo: () => Promise<unknown>; onDone: () => void }) {
  const { t } = useI18n();
  const text = useErrorText();
  const back = useMutation({ mutationFn: undo, onSuccess: onDone });
  return (
    <Group justify="space-between" gap="xs">
      <Text size="sm" style={{ flex: "1 1 160px", overflowWrap: "anywhere" }}>
        {message}
      </Text>
      <Button size="compact-sm" variant="default" loading={back.isPending} onClick={() => back.mutate()}>
        {t("undo")}
      </Button>
      {back.error && (
        <Text size="sm" c="red" role="alert">
          {text(back.error)}
        </Text>
      )}
    </Group>
  );
}
