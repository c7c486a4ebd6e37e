import { Button, Group, Text } from "@mantine/core";
import { etagOf, type UserDto } from "@roundtable/client";
import { useState } from "react";
import { useI18n } from "../../../i18n";
import { useCommands } from "../../../shared/lib/commands";
import { useSignedIn } from "../../../shared/lib/session";
import { sayUndoable } from "../../../shared/lib/toasts";
import { Failure } from "../../../shared/ui/Failure";
import { Section } from "../../../shared/ui/Section";
import { When } from "../../../shared/ui/When";
import { useBanUser } from "./api/banUser";
import { useUnbanUser } from "./api/unbanUser";
import { BanDialog } from "./BanDialog";

export function BanSection({ user }: { user: UserDto }) {
  const { t } = useI18n();
  const me = useSignedIn().user.id;
  const unban = useUnbanUser(user.id);
  const undo = useBanUser(user.id);
  const [asking, setAsking] = useState(false);
  const lift = () => {
    const request = { reason: user.banReason ?? "–", expiresAt: user.banExpiresAt };
    unban.mutate(undefined, {
      onSuccess: (answer) =>
        sayUndoable(t("user.wasUnbanned", { name: user.name }), () => undo.mutateAsync({ request, version: etagOf(answer) })),
    });
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
      {asking && <BanDialog user={user} onClose={() => setAsking(false)} />}
    </Section>
  );
}
