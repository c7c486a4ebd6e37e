import type { SignInAnswer } from "@roundtable/client";
import { useNavigate } from "react-router";
import { useChangeSession } from "../../shared/lib/session";
import { isLocalPath } from "../../shared/lib/token";

/** Goes on after a sign-in: to the second step, back to where somebody came from, or home. */
export function useArrive() {
  const navigate = useNavigate();
  const changeSession = useChangeSession();
  return async (answer: SignInAnswer, next?: string | null) => {
    const target = answer.callbackUrl ?? next;
    if (answer.twoFactorRequired) {
      await navigate(`/two-factor${isLocalPath(target) ? `?next=${encodeURIComponent(target)}` : ""}`);
      return;
    }

    await changeSession();
    if (target && !isLocalPath(target)) {
      // The API gives addresses of trusted origins only.
      window.location.assign(target);
    } else {
      await navigate(target ?? "/", { replace: true });
    }
  };
}
