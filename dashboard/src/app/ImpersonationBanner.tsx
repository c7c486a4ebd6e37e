import { useSignedIn } from "../shared/lib/session";

export function ImpersonationBanner() {
  const { session } = useSignedIn();
  return session.impersonatedBy ? null : null;
}
