import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import type { UserDto } from "@roundtable/client";
import { useI18n } from "../../../i18n";
import { say } from "../../../shared/lib/toasts";
import { Confirm } from "../../../shared/ui/Confirm";
import { useRemovePicture } from "./api/removePicture";

/** Removes a picture that breaks the rules of the place. It stays mounted without one, to say that it is removed. */
export function RemovePicture({ user }: { user: UserDto }) {
  const { t } = useI18n();
  const [opened, { open, close }] = useDisclosure();
  const remove = useRemovePicture(user.id);
  return (
    <>
      {user.picture && (
        <Button size="compact-xs" variant="default" onClick={open}>
          {t("picture.remove")}
        </Button>
      )}
      <Confirm
        opened={opened}
        onClose={close}
        title={t("picture.removeOf", { name: user.name })}
        text={t("picture.removeText")}
        action={t("picture.remove")}
        pending={remove.isPending}
        error={remove.error}
        onConfirm={() =>
          remove.mutate(undefined, {
            onSuccess: () => {
              close();
              say(t("picture.removed"));
            },
          })
        }
      />
    </>
  );
}
