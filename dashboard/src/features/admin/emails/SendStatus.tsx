import { Badge, Text } from "@mantine/core";
import type { OutboxStatus } from "@roundtable/client";
import { useI18n } from "../../../i18n";

const colors = { pending: "yellow", sending: "indigo", sent: "teal", failed: "red" } as const satisfies Record<OutboxStatus, string>;

/** The status of a background delivery, and why its last attempt failed. */
export function SendStatus({ status, lastError }: { status: OutboxStatus; lastError: string | null }) {
  const { t } = useI18n();
  return (
    <div>
      <Badge variant="dot" color={colors[status]}>
        {t(`emails.${status}`)}
      </Badge>
      {lastError && (
        <Text size="xs" c="dimmed">
          {lastError}
        </Text>
      )}
    </div>
  );
}
