import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useI18n } from "../../i18n";
import { isFieldError } from "../lib/errors";
import { Cancel } from "./Cancel";
import { Dialog } from "./Dialog";
import { Failure } from "./Failure";

interface Props extends QuestionProps {
  opened: boolean;
}

interface QuestionProps {
  onClose: () => void;
  title: string;
  text: ReactNode;
  action: string;
  /** The word to type first, for irreversible actions. */
  word?: string;
  pending?: boolean;
  error?: Error | null;
  /** The fields of the children, which show their errors themselves. */
  fields?: readonly string[];
  danger?: boolean;
  disabled?: boolean;
  onConfirm: () => void;
  children?: ReactNode;
}

/** The word as it is meant: names and addresses are shown with fewer blanks than they may have. */
const plain = (word: string) => word.normalize().trim().replace(/\s+/g, " ").toLowerCase();

/** Asks before an action that has consequences. */
export function Confirm({ opened, ...question }: Props) {
  return opened ? <Question {...question} /> : null;
}

function Question({
  onClose,
  title,
  text,
  action,
  word,
  pending,
  error,
  fields = [],
  danger = true,
  disabled = false,
  onConfirm,
  children,
}: QuestionProps) {
  const { t } = useI18n();
  const [typed, setTyped] = useState("");
  const [wrong, setWrong] = useState(false);
  const fits = word === undefined || plain(typed) === plain(word);
  const [former] = useState(error);
  return (
    <Dialog onClose={onClose} title={title}>
      <form
        onSubmit={(e) => {
          e.preventDefault();
          setWrong(!fits);
          if (fits) {
            onConfirm();
          }
        }}
      >
        <Stack>
          <Text size="sm">{text}</Text>
          {children}
          {word && (
            <TextInput
              label={t("confirm.type", { word })}
              value={typed}
              error={wrong && !fits && t("confirm.wrong")}
              onChange={(e) => setTyped(e.currentTarget.value)}
              autoComplete="off"
              data-autofocus
            />
          )}
          {error !== former && !isFieldError(error ?? null, ...fields) && <Failure error={error} />}
          <Group justify="flex-end">
            <Cancel />
            <Button type="submit" color={danger ? "red" : undefined} loading={pending ?? false} disabled={disabled}>
              {action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
