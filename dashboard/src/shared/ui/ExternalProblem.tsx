import { Alert } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useSearchParams } from "react-router";
import { type MessageKey, useI18n } from "../../i18n";
import { authApi } from "../lib/clients";
import { useBanFacts } from "../lib/errors";
import { externalProblem } from "../lib/externalProblems";
import { waitingLogin } from "../lib/waitingLogin";

/**
 * Why a sign-in with an external provider, or connecting one, did not succeed: the code in the address, in words. The address does not
 * hold what only the user may know, such as the reason of a ban.
 */
export function ExternalProblem() {
  const { t } = useI18n();
  const banFacts = useBanFacts();
  const [query] = useSearchParams();
  const code = externalProblem(query);
  useEffect(() => {
    if (code === "link_required") {
      waitingLogin.note();
    }
  }, [code]);
  const refusal = useQuery({
    queryKey: ["externalRefusal"],
    enabled: code === "user_banned",
    queryFn: async ({ signal }) => (await authApi.getExternalRefusal(signal)).data,
    // The server tells it once.
    staleTime: Infinity,
  });
  if (!code || refusal.isFetching) {
    return null;
  }

  return (
    <Alert color={code === "link_required" ? "blue" : "red"} role="alert">
      {[t(`external.${code}` satisfies MessageKey), ...(refusal.data ? banFacts(refusal.data) : [])].join(" ")}
    </Alert>
  );
}
