import type { DeliveryErrorCode } from "@roundtable/client";
import { useI18n } from "../../../i18n";

/** What is delivered: mails, or messages to web-hooks. */
export type Delivered = "mail" | "delivery";

/** Says in words why a delivery failed; undefined for what has no words. */
export function useDeliveryError() {
  const { lookup } = useI18n();
  return (what: Delivered, code: DeliveryErrorCode | null | undefined) => (code ? lookup(`${what}Error.${code}`) : undefined);
}
