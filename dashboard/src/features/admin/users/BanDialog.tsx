import { Button, Group, Stack, TextInput } from "@mantine/core";
import { etagOf, type UserDto } from "@roundtable/client";
import { useI18n } from "../../../i18n";
import { useFieldError } from "../../../shared/lib/errors";
import { useFormat } from "../../../shared/lib/format";
import { sayUndoable } from "../../../shared/lib/toasts";
import { trimmed } from "../../../shared/lib/trimmed";
import { useDraft } from "../../../shared/lib/unsaved";
import { Confirm } from "../../../shared/ui/Confirm";
import { DateField } from "../../../shared/ui/DateField";
import { useBanUser } from "./api/banUser";
import { useUnbanUser } from "./api/unbanUser";

const dayMs = 86_400_000;

/** Asks for the reason of a ban, and until when. */
export function BanDialog({ user, onClose }: { user: UserDto; onClose: () => void }) {
  const { t } = useI18n();
  const fieldError = useFieldError();
  const format = useFormat();
  const ban = useBanUser(user.id);
  const undo = useUnbanUser(user.id);
  const [form, setForm, leave] = useDraft(`ban of ${user.id}`, { reason: "", until: "" });
  const submit = () => {
    const { reason, until } = trimmed(form);
    ban.mutate(
      { request: until ? { reason, expiresAt: format.instant(until) } : { reason } },
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
      <Stack gap="sm">
        <TextInput
          label={t("ban.reason")}
          required
          maxLength={500}
          value={form.reason}
          error={fieldError(ban.error, "reason")}
          data-autofocus
          onChange={(e) => setForm({ ...form, reason: e.currentTarget.value })}
        />
        <DateField
          label={t("ban.untilOptional")}
          description={t("zone", { zone: format.zone })}
          type="datetime-local"
          value={form.until}
          error={fieldError(ban.error, "expiresAt")}
          onCommit={(until) => setForm({ ...form, until })}
        />
        <Group gap="xs">
          {[7, 30, 90].map((days) => (
            <Button
              key={days}
              size="compact-sm"
              variant="default"
              onClick={() => setForm({ ...form, until: format.field(new Date(Date.now() + days * dayMs).toISOString()) })}
            >
              {t("overview.days", { count: days })}
            </Button>
          ))}
        </Group>
      </Stack>
    </Confirm>
  );
}
