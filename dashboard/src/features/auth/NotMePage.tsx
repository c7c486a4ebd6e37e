import { useDisownSignIn } from "./api/disownSignIn";
import { TokenPage } from "./TokenPage";

export default function NotMePage() {
  return <TokenPage name="notMe" mutation={useDisownSignIn()} />;
}
