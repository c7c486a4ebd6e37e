import { Button, Group, Select, Text } from "@mantine/core";
import type { OutboxStatus } from "@roundtable/client";
import { useI18n } from "../../../i18n";
import { useMay } from "../../../shared/lib/session";
import { useUser } from "../users/api/getUser";

export const statuses: readonly OutboxStatus[] = ["pending", "sending", "sent", "failed"];

interface Props {
  status: OutboxStatus | undefined;
  userId: string | undefined;
  onStatus: (status: OutboxStatus | null) => void;
  onEverybody: () => void;
}

/** The outbox's filters, which are in the page's address. */
export function EmailFilters({ status, userId, onStatus, onEverybody }: Props) {
  const { t } = useI18n();
  return (
    <Group gap="sm" align="center">
      <Select
        aria-label={t("emails.status")}
        placeholder={t("emails.all")}
        clearable
        clearButtonProps={{ "aria-label": t("clear") }}
        value={status ?? null}
        data={statuses.map((value) => ({ value, label: t(`emails.${value}`) }))}
        onChange={(value) => onStatus(value as OutboxStatus | null)}
      />
      {userId && (
        <Group gap="xs">
          <Text size="sm" style={{ overflowWrap: "anywhere" }}>
            {t("emails.onlyOf")} <Name id={userId} />
          </Text>
          <Button size="compact-sm" variant="default" onClick={onEverybody}>
            {t("emails.everybody")}
          </Button>
        </Group>
      )}
    </Group>
  );
}

function Name({ id }: { id: string }) {
  return useMay()("seeUser") ? <KnownName id={id} /> : id;
}

function KnownName({ id }: { id: string }) {
  const user = useUser(id).data?.user;
  return user ? `${user.name} (${user.email})` : id;
}
