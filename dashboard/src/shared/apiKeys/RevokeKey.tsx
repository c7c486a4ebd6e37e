import type { ApiKeyDto } from "@roundtable/client";
import { useI18n } from "../../i18n";
import { say } from "../lib/toasts";
import { Confirm } from "../ui/Confirm";
import { type KeyListRequests, useRevokeKey } from "./keyRequests";

/** Asks before a key ends for good. */
export function RevokeKey({
  apiKey,
  text,
  requests,
  onClose,
}: {
  apiKey: ApiKeyDto | undefined;
  text: string;
  requests: KeyListRequests;
  onClose: () => void;
}) {
  const { t } = useI18n();
  const revoke = useRevokeKey(requests);
  const submit = ({ id, name }: ApiKeyDto) =>
    revoke.mutate(id, {
      onSuccess: () => {
        say(t("apiKeys.wasRevoked", { name }));
        onClose();
      },
    });
  return (
    <Confirm
      opened={apiKey !== undefined}
      onClose={() => {
        revoke.reset();
        onClose();
      }}
      title={t("apiKeys.revoke")}
      text={text}
      action={t("apiKeys.revoke")}
      {...(apiKey ? { word: apiKey.name } : {})}
      pending={revoke.isPending}
      error={revoke.error}
      onConfirm={() => {
        if (apiKey) {
          submit(apiKey);
        }
      }}
    />
  );
}
