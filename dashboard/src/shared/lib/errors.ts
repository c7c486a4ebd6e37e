import { ApiError, type FieldReason } from "@roundtable/client";
import { useI18n } from "../../i18n";

/** Translates an error to the display language. */
export function useErrorText() {
  const { t, lookup } = useI18n();
  return (error: Error) =>
    error instanceof ApiError
      ? (lookup(`error.${error.code}`) ?? error.message) + (error.retryAfter === null ? "" : ` ${t("error.retryAfter", { seconds: error.retryAfter })}`)
      : t("error.network");
}

/** Translates the reason for a rejected value to the display language; undefined for an uncatalogued reason. */
export function useReasonText() {
  const { lookup } = useI18n();
  return ({ code, min, max }: FieldReason) => {
    const values = { ...(min === null ? {} : { min }), ...(max === null ? {} : { max }) };
    const limit = min === null && max !== null ? ".max" : min !== null && max === null ? ".min" : "";
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
