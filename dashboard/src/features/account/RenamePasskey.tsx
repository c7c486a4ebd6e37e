import { Button, Group, Stack, TextInput } from "@mantine/core";
import type { PasskeyDto } from "@roundtable/client";
import { useI18n } from "../../i18n";
import { isFieldError, useFieldError } from "../../shared/lib/errors";
import { useDraft } from "../../shared/lib/unsaved";
import { Cancel } from "../../shared/ui/Cancel";
import { Dialog } from "../../shared/ui/Dialog";
import { Failure } from "../../shared/ui/Failure";
import { useRenamePasskey } from "./api/renamePasskey";

/** Asks for another name of a passkey. */
export function RenamePasskey({ passkey, onClose }: { passkey: PasskeyDto; onClose: () => void }) {
  const { t } = useI18n();
  const fieldError = useFieldError();
  const rename = useRenamePasskey();
  const [name, setName, leave] = useDraft(`passkey ${passkey.id}`, passkey.name);
  return (
    <Dialog onClose={() => leave(onClose)} title={t("rename")}>
      <form
        onSubmit={(e) => {
          e.preventDefault();
          rename.mutate({ id: passkey.id, name: name.trim() }, { onSuccess: onClose });
        }}
      >
        <Stack>
          <TextInput
            label={t("passkeys.name")}
            required
            maxLength={60}
            value={name}
            error={fieldError(rename.error, "name")}
            data-autofocus
            onChange={(e) => setName(e.currentTarget.value)}
          />
          {!isFieldError(rename.error, "name") && <Failure error={rename.error} />}
          <Group justify="flex-end">
            <Cancel />
            <Button type="submit" loading={rename.isPending}>
              {t("save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
