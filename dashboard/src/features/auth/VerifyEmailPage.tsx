import { useVerifyEmail } from "./api/verifyEmail";
import { TokenPage } from "./TokenPage";

export default function VerifyEmailPage() {
  return <TokenPage name="verify" mutation={useVerifyEmail()} />;
}
