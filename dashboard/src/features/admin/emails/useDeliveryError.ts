import { type MessageKey, useI18n } from "../../../i18n";

/** The texts of failed deliveries, in words; the first that matches. */
const known: readonly [RegExp, MessageKey][] = [
  [/^SMTP sign-in was refused|^SMTP 53[0458]\b|^SendGrid(?: answers)? 40[13]\b/, "mailError.signIn"],
  [/^SMTP: the server's certificate|^SMTP: the server offers no STARTTLS/, "mailError.tls"],
  [/did not (?:answer|finish) in time|no answer in time/, "mailError.time"],
  [/^SMTP 55[013]\b/, "mailError.noMailbox"],
  [/^SMTP (?:452|552)\b/, "mailError.full"],
  [/^SMTP 554\b/, "mailError.refused"],
  [/^SMTP 4\d\d\b|^SendGrid 5\d\d\b/, "mailError.later"],
  [/^SendGrid 429\b/, "mailError.tooMany"],
  [/^SMTP 5\d\d\b|^SendGrid 4\d\d\b/, "mailError.refused"],
  [/^SMTP: |^SendGrid cannot be reached|^SendGrid: /, "mailError.unreachable"],
  [/^The file could not be written/, "mailError.file"],
  [/^The endpoint cannot be reached/, "deliveryError.unreachable"],
  [/^The endpoint is switched off/, "deliveryError.off"],
  [/^The endpoint answered 410\b/, "deliveryError.gone"],
  [/^The endpoint answered 40[13]\b/, "deliveryError.unauthorized"],
  [/^The endpoint answered 40[45]\b/, "deliveryError.notThere"],
  [/^The endpoint answered 3\d\d\b/, "deliveryError.redirect"],
  [/^The endpoint answered 429\b/, "deliveryError.tooMany"],
  [/^The endpoint answered 5\d\d\b/, "deliveryError.broken"],
  [/^The endpoint answered \d/, "deliveryError.refused"],
];

/** Says in words why a delivery failed; undefined for what is not known. */
export function useDeliveryError() {
  const { t } = useI18n();
  return (error: string) => {
    const key = known.find(([pattern]) => pattern.test(error))?.[1];
    return key && t(key);
  };
}
