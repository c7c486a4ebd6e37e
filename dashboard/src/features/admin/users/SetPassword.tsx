import type { UserDto } from "@roundtable/client";
import { useI18n } from "../../../i18n";
import { useFieldError } from "../../../shared/lib/errors";
import { say } from "../../../shared/lib/toasts";
import { useDraft } from "../../../shared/lib/unsaved";
import { Confirm } from "../../../shared/ui/Confirm";
import { NewPassword } from "../../../shared/ui/NewPassword";
import { useSetPassword } from "./api/setPassword";

/** Asks for a user's new password. */
export function SetPassword({ user, onClose }: { user: UserDto; onClose: () => void }) {
  const { t } = useI18n();
  const fieldError = useFieldError();
  const set = useSetPassword(user.id);
  const [{ password }, setForm, leave] = useDraft(`password of ${user.id}`, { password: "" }, ["password"]);
  const done = () => {
    onClose();
    say(t("user.passwordSet"));
  };
  return (
    <Confirm
      opened
      onClose={() => leave(onClose)}
      title={t("user.setPassword")}
      text={t("user.setPasswordText")}
      action={t("user.setPassword")}
      pending={set.isPending}
      error={set.error}
      fields={["password"]}
      onConfirm={() => set.mutate(password, { onSuccess: done })}
    >
      <NewPassword
        label={t("password.new")}
        value={password}
        error={fieldError(set.error, "password")}
        onChange={(typed) => setForm({ password: typed })}
      />
    </Confirm>
  );
}
