import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { type ReactNode, useEffect, useState } from "react";
import { useI18n } from "../../i18n";
import { Failure } from "./Failure";

interface Props {
  opened: boolean;
  onClose: () => void;
  title: string;
  text: ReactNode;
  action: string;
  /** The word to type first, for irreversible actions. */
  word?: string;
  pending?: boolean;
  error?: Error | null;
  danger?: boolean;
  disabled?: boolean;
  onConfirm: () => void;
  children?: ReactNode;
}

/** Asks before an action that has consequences. */
export function Confirm({ opened, onClose, title, text, action, word, pending, error, danger = true, disabled = false, onConfirm, children }: Props) {
  const { t } = useI18n();
  const [typed, setTyped] = useState("");
  useEffect(() => setTyped(""), [opened]);
  return (
    <Modal opened={opened} onClose={onClose} title={title} closeButtonProps={{ "aria-label": t("close") }}>
      <form onSubmit={(e) => { e.preventDefault(); onConfirm(); }}>
        <Stack>
          <Text size="sm">{text}</Text>
          {children}
          {word && <TextInput label={t("confirm.type", { word })} value={typed} onChange={(e) => setTyped(e.currentTarget.value)} autoComplete="off" data-autofocus />}
          <Failure error={error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>{t("cancel")}</Button>
            <Button type="submit" color={danger ? "red" : undefined} loading={pending ?? false} disabled={disabled || (word !== undefined && typed.trim() !== word)}>{action}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
