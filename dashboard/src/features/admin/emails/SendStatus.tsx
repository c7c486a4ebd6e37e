import { Badge, Text } from "@mantine/core";
import type { DeliveryErrorCode, OutboxStatus } from "@roundtable/client";
import { useI18n } from "../../../i18n";
import classes from "./SendStatus.module.css";
import { type Delivered, useDeliveryError } from "./useDeliveryError";

const colors = { pending: "yellow", sending: "indigo", sent: "teal", failed: "red" } as const satisfies Record<OutboxStatus, string>;

interface Failed {
  what: Delivered;
  lastError: string | null;
  lastErrorCode: DeliveryErrorCode | null;
}

/** The status of a background delivery, and why its last attempt failed: in words, with the server's own text behind them. */
export function SendStatus({ status, failed }: { status: OutboxStatus; failed?: Failed }) {
  const { t } = useI18n();
  const words = useDeliveryError();
  const said = failed && words(failed.what, failed.lastErrorCode);
  return (
    <div>
      <Badge variant="dot" color={colors[status]}>
        {t(`emails.${status}`)}
      </Badge>
      {failed?.lastError && (
        <Text size="xs" c="dimmed" component="div">
          {said ?? failed.lastError}
          {said && (
            <details className={classes.details}>
              <summary>{t("emails.details")}</summary>
              <span className={classes.raw}>{failed.lastError}</span>
            </details>
          )}
        </Text>
      )}
    </div>
  );
}
