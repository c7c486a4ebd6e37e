import { Alert } from "@mantine/core";
import { useEffect } from "react";
import { useSearchParams } from "react-router";
import { type MessageKey, useI18n } from "../../i18n";
import { waitingLogin } from "../lib/waitingLogin";

const known = ["external_denied", "external_failed", "link_required", "sign_up_closed", "user_banned", "conflict"] as const;

/** Why a sign-in with an external provider, or connecting one, did not succeed: the code in the address, in words. */
export function ExternalProblem() {
  const { t } = useI18n();
  const [query] = useSearchParams();
  const code = known.find((c) => c === query.get("error"));
  useEffect(() => {
    if (code === "link_required") {
      waitingLogin.note();
    }
  }, [code]);
  return code ? (
    <Alert color={code === "link_required" ? "blue" : "red"} role="alert">
      {t(`external.${code}` satisfies MessageKey)}
    </Alert>
  ) : null;
}
