import { useErrorText } from "../lib/errors";

/** The error in the display language. */
export function ErrorText({ error }: { error: Error }) {
  return <>{useErrorText()(error)}</>;
}
