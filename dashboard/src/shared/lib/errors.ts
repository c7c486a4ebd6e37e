import { ApiError } from "@roundtable/client";
import { useI18n } from "../../i18n";

/** What went wrong, in the language on screen. */
export function useErrorText() {
  const { t, lookup } = useI18n();
  return (error: Error) =>
    error instanceof ApiError
      ? (lookup(`error.${error.code}`) ?? error.message) + (error.retryAfter === null ? "" : ` ${t("error.retryAfter", { seconds: error.retryAfter })}`)
      : t("error.network");
}

/** What is wrong with one field, for its input. */
export function fieldError(error: Error | null, field: string): string | undefined {
  return error instanceof ApiError ? error.errors[field]?.[0] : undefined;
}

/** Whether the fields on screen say it all. */
export function isFieldError(error: Error | null, ...fields: string[]) {
  return error instanceof ApiError && Object.keys(error.errors).length > 0 && Object.keys(error.errors).every((f) => fields.includes(f));
}
