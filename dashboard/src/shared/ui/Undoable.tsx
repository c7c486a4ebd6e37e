import { Button, Group, Text } from "@mantine/core";
import { useI18n } from "../../i18n";
import { isConflict } from "../lib/conflicts";
import { useErrorText } from "../lib/errors";
import { useMutation } from "../lib/mutation";

/** A success message with an undo button. */
export function Undoable({ message, undo, onDone }: { message: string; undo: () => Promise<unknown>; onDone: () => void }) {
  const { t } = useI18n();
  const text = useErrorText();
  const back = useMutation({ mutationFn: undo, onSuccess: onDone });
  // Undoing would take back what was saved since then.
  const changed = isConflict(back.error);
  return (
    <Group justify="space-between" gap="xs">
      <Text size="sm" style={{ flex: "1 1 160px", overflowWrap: "anywhere" }}>
        {message}
      </Text>
      {!changed && (
        <Button size="compact-sm" variant="default" loading={back.isPending} onClick={() => back.mutate()}>
          {t("undo")}
        </Button>
      )}
      {back.error && (
        <Text size="sm" c="red" role="alert">
          {changed ? t("undo.changed") : text(back.error)}
        </Text>
      )}
    </Group>
  );
}
