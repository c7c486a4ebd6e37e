import { useConfirmEmail } from "./api/confirmEmail";
import { TokenPage } from "./TokenPage";

export default function ConfirmEmailPage() {
  return <TokenPage name="confirmEmail" mutation={useConfirmEmail()} />;
}
