import { useUndoEmail } from "./api/undoEmail";
import { TokenPage } from "./TokenPage";

export default function UndoEmailPage() {
  return <TokenPage name="undoEmail" mutation={useUndoEmail()} />;
}
