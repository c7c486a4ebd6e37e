import { Button, Stack, TextInput } from "@mantine/core";
import { useI18n } from "../../i18n";
import { isFieldError, useFieldError } from "../../shared/lib/errors";
import { say } from "../../shared/lib/toasts";
import { useDraft } from "../../shared/lib/unsaved";
import { Dialog } from "../../shared/ui/Dialog";
import { Failure } from "../../shared/ui/Failure";
import { useAddPasskey } from "./api/addPasskey";

/** Asks for the name of a new passkey, then the browser for the passkey. */
export function AddPasskey({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const fieldError = useFieldError();
  const add = useAddPasskey();
  const [name, setName, leave] = useDraft("new passkey", "");
  return (
    <Dialog onClose={() => leave(onClose)} title={t("passkeys.add")}>
      <form
        onSubmit={(e) => {
          e.preventDefault();
          add.mutate(name.trim(), {
            onSuccess: () => {
              onClose();
              say(t("passkeys.added"));
            },
          });
        }}
      >
        <Stack>
          <TextInput
            label={t("passkeys.name")}
            description={t("passkeys.nameHint")}
            required
            maxLength={60}
            value={name}
            error={fieldError(add.error, "name")}
            data-autofocus
            onChange={(e) => setName(e.currentTarget.value)}
          />
          {!isFieldError(add.error, "name") && <Failure error={add.error} />}
          <Button type="submit" loading={add.isPending}>
            {t("continue")}
          </Button>
        </Stack>
      </form>
    </Dialog>
  );
}
