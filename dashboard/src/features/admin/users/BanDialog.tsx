import { etagOf, type UserDto } from "@roundtable/client";
import { useI18n } from "../../../i18n";
import { sayUndoable } from "../../../shared/lib/toasts";
import { useDraft } from "../../../shared/lib/unsaved";
import { Confirm } from "../../../shared/ui/Confirm";
import { useBanUser } from "./api/banUser";
import { useUnbanUser } from "./api/unbanUser";
import { BanFields, emptyBan, useBanRequest } from "./BanFields";

/** Asks for the reason of a ban, and until when. */
export function BanDialog({ user, onClose }: { user: UserDto; onClose: () => void }) {
  const { t } = useI18n();
  const requestOf = useBanRequest();
  const ban = useBanUser(user.id);
  const undo = useUnbanUser(user.id);
  const [form, setForm, leave] = useDraft(`ban of ${user.id}`, emptyBan);
  const submit = () => {
    ban.mutate(
      { request: requestOf(form) },
      {
        onSuccess: (answer) => {
          sayUndoable(t("user.wasBanned", { name: user.name }), () => undo.mutateAsync(etagOf(answer)));
          onClose();
        },
      },
    );
  };
  return (
    <Confirm
      opened
      onClose={() => leave(onClose)}
      title={t("ban.confirm", { name: user.name })}
      text={t("ban.confirmText")}
      action={t("ban.action")}
      pending={ban.isPending}
      error={ban.error}
      fields={["reason", "expiresAt"]}
      onConfirm={submit}
    >
      <BanFields form={form} error={ban.error} onChange={setForm} />
    </Confirm>
  );
}
