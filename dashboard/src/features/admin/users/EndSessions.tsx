import type { UserDto } from "@roundtable/client";
import { useI18n } from "../../../i18n";
import { say } from "../../../shared/lib/toasts";
import { Confirm } from "../../../shared/ui/Confirm";
import { useRevokeSessions } from "./api/revokeSessions";

/** Asks before a user is signed out everywhere. */
export function EndSessions({ user, opened, onClose }: { user: UserDto; opened: boolean; onClose: () => void }) {
  const { t } = useI18n();
  const revoke = useRevokeSessions(user.id);
  const done = () => {
    onClose();
    say(t("user.sessionsEnded"));
  };
  return (
    <Confirm
      opened={opened}
      onClose={onClose}
      title={t("user.endSessions")}
      text={t("user.endSessionsText", { name: user.name })}
      action={t("user.endSessions")}
      pending={revoke.isPending}
      error={revoke.error}
      onConfirm={() => revoke.mutate(undefined, { onSuccess: done })}
    />
  );
}
