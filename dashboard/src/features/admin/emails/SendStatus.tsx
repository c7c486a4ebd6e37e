import { Badge, Text } from "@mantine/core";
import type { OutboxStatus } from "@roundtable/client";
import { useI18n } from "../../../i18n";
import classes from "./SendStatus.module.css";
import { useDeliveryError } from "./useDeliveryError";

const colors = { pending: "yellow", sending: "indigo", sent: "teal", failed: "red" } as const satisfies Record<OutboxStatus, string>;

/** The status of a background delivery, and why its last attempt failed: in words, with the server's own text behind them. */
export function SendStatus({ status, lastError }: { status: OutboxStatus; lastError?: string | null }) {
  const { t } = useI18n();
  const words = useDeliveryError();
  const said = lastError && words(lastError);
  return (
    <div>
      <Badge variant="dot" color={colors[status]}>
        {t(`emails.${status}`)}
      </Badge>
      {lastError && (
        <Text size="xs" c="dimmed" component="div">
          {said ?? lastError}
          {said && (
            <details className={classes.details}>
              <summary>{t("emails.details")}</summary>
              <span className={classes.raw}>{lastError}</span>
            </details>
          )}
        </Text>
      )}
    </div>
  );
}
