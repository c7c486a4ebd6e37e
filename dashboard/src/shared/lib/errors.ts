import { ApiError, type FieldReason } from "@roundtable/client";
import { useI18n } from "../../i18n";
import { useFormat } from "./format";
import { PasskeyError } from "./passkeys";

/** Translates an error to the display language. */
export function useErrorText() {
  const { t, lookup } = useI18n();
  const facts = useErrorFacts();
  return (error: Error) => {
    if (error instanceof PasskeyError) {
      return t(error.text, { host: window.location.hostname });
    }

    return error instanceof ApiError
      ? [
          lookup(`errorText.${error.message}`) ?? lookup(`error.${error.code}`) ?? error.message,
          ...facts(error),
          ...(error.retryAfter === null ? [] : [t("error.retryAfter", { seconds: error.retryAfter })]),
        ].join(" ")
      : t("error.network");
  };
}

/** What the error's context tells: which permission is missing; why and until when the account is suspended. */
function useErrorFacts() {
  const { t, lookup } = useI18n();
  const ban = useBanFacts();
  return ({ code, context: { reason, expiresAt, permission } }: ApiError) => {
    if (code === "forbidden" && typeof permission === "string") {
      return [t("error.needs", { permission: lookup(`permission.${permission}`) ?? permission })];
    }

    return code === "user_banned"
      ? ban({
          reason: typeof reason === "string" ? reason : null,
          expiresAt: typeof expiresAt === "string" ? expiresAt : null,
        })
      : [];
  };
}

/** Why and until when an account is suspended. */
export function useBanFacts() {
  const { t } = useI18n();
  const format = useFormat();
  return ({ reason, expiresAt }: { reason: string | null; expiresAt: string | null }) => [
    ...(reason === null ? [] : [t("error.bannedReason", { reason })]),
    expiresAt === null ? t("error.bannedForGood") : t("error.bannedUntil", { time: format.dateTime(expiresAt) }),
  ];
}

/** Translates the reason for a rejected value to the display language; undefined for an uncatalogued reason. */
export function useReasonText() {
  const { lookup } = useI18n();
  return ({ code, min, max, value }: FieldReason) => {
    const values = { ...(min === null ? {} : { min }), ...(max === null ? {} : { max }), ...(value ? { value } : {}) };
    const limit = value ? ".value" : min === null && max !== null ? ".max" : min !== null && max === null ? ".min" : "";
    return lookup(`reason.${code}${limit}`, values) ?? lookup(`reason.${code}`, values);
  };
}

/** The error message for one field's input. */
export function useFieldError() {
  const text = useReasonText();
  return (error: Error | null, field: string): string | undefined => {
    if (!(error instanceof ApiError)) {
      return undefined;
    }

    const reason = error.reasons[field]?.[0];
    return (reason && text(reason)) ?? error.errors[field]?.[0];
  };
}

/** Whether the shown fields cover the whole error. */
export function isFieldError(error: Error | null, ...fields: string[]) {
  return error instanceof ApiError && Object.keys(error.errors).length > 0 && Object.keys(error.errors).every((f) => fields.includes(f));
}
