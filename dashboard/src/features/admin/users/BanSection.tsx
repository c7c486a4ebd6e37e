import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import type { UserDto } from "@roundtable/client";
import { useState } from "react";
import { useI18n } from "../../../i18n";
import { useCommands } from "../../../shared/lib/commands";
import { useFieldError } from "../../../shared/lib/errors";
import { useFormat } from "../../../shared/lib/format";
import { useSignedIn } from "../../../shared/lib/session";
import { sayUndoable } from "../../../shared/lib/toasts";
import { trimmed } from "../../../shared/lib/trimmed";
import { Confirm } from "../../../shared/ui/Confirm";
import { DateField } from "../../../shared/ui/DateField";
import { Failure } from "../../../shared/ui/Failure";
import { Section } from "../../../shared/ui/Section";
import { When } from "../../../shared/ui/When";
import { useBanUser } from "./api/banUser";
import { useUnbanUser } from "./api/unbanUser";

export function BanSection({ user }: { user: UserDto }) {
  const { t } = useI18n();
  const fieldError = useFieldError();
  const format = useFormat();
  const me = useSignedIn().user.id;
  const ban = useBanUser(user.id);
  const unban = useUnbanUser(user.id);
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState("");
  const [until, setUntil] = useState("");
  const submit = () =>
    ban.mutate(trimmed(until ? { reason, expiresAt: format.instant(until) } : { reason }), {
      onSuccess: () => {
        setAsking(false);
        setReason("");
        setUntil("");
        sayUndoable(t("user.wasBanned", { name: user.name }), () => unban.mutateAsync());
      },
    });
  const lift = () => {
    const former = { reason: user.banReason ?? "–", expiresAt: user.banExpiresAt };
    unban.mutate(undefined, { onSuccess: () => sayUndoable(t("user.wasUnbanned", { name: user.name }), () => ban.mutateAsync(former)) });
  };
  useCommands(
    user.banned ? [{ label: t("ban.lift"), run: lift }] : user.id === me ? [] : [{ label: t("ban.action"), run: () => setAsking(true) }],
  );
  return (
    <Section title={t("ban.title")} text={t("ban.text")}>
      <Failure error={unban.error} />
      {user.banned && (
        <Text size="sm">
          {t("ban.reason")}: {user.banReason ?? "–"} · {t("ban.until")}:{" "}
          {user.banExpiresAt ? <When at={user.banExpiresAt} exact /> : t("ban.forever")}
        </Text>
      )}
      <Group>
        {user.banned ? (
          <Button variant="default" loading={unban.isPending} onClick={lift}>
            {t("ban.lift")}
          </Button>
        ) : (
          <Button color="red" disabled={user.id === me} onClick={() => setAsking(true)}>
            {t("ban.action")}
          </Button>
        )}
      </Group>
      <Confirm
        opened={asking}
        onClose={() => {
          ban.reset();
          setAsking(false);
        }}
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
            value={reason}
            error={fieldError(ban.error, "reason")}
            data-autofocus
            onChange={(e) => setReason(e.currentTarget.value)}
          />
          <DateField
            label={t("ban.untilOptional")}
            description={t("zone", { zone: format.zone })}
            type="datetime-local"
            value={until}
            error={fieldError(ban.error, "expiresAt")}
            onCommit={setUntil}
          />
        </Stack>
      </Confirm>
    </Section>
  );
}
