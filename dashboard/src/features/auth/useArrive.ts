import type { SignInAnswer } from "@roundtable/client";
import { useNavigate } from "react-router";
import { localPath } from "../../shared/lib/destination";
import { useChangeSession } from "../../shared/lib/session";

/** Navigates after a sign-in: to the second step, back to the requesting page, or home. */
export function useArrive() {
  const navigate = useNavigate();
  const changeSession = useChangeSession();
  return async (answer: SignInAnswer, next?: string) => {
    const target = localPath(answer.callbackUrl ?? next);
    if (answer.twoFactorRequired) {
      // Instead of the page of the first step, which has nothing left to do.
      await navigate(`/two-factor${target ? `?next=${encodeURIComponent(target)}` : ""}`, { replace: true });
      return;
    }

    await changeSession();
    if (answer.callbackUrl && !answer.callbackUrl.startsWith("/")) {
      // The API returns URLs of trusted origins only; the page's own URL never leads to another site.
      window.location.assign(answer.callbackUrl);
    } else {
      await navigate(target ?? "/", { replace: true });
    }
  };
}
