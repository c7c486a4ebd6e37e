import { useI18n } from "../../i18n";
import { SecretDialog } from "../ui/SecretDialog";
import { KeyDialog } from "./KeyDialog";
import { type KeyRequests, useCreateKey } from "./keyRequests";

/** Creates a key and shows its secret. */
export function CreateKey({ requests, scopes, onClose }: { requests: KeyRequests; scopes: readonly string[]; onClose: () => void }) {
  const { t } = useI18n();
  const create = useCreateKey(requests);
  return create.data ? (
    <SecretDialog title={t("apiKeys.secret")} text={t("apiKeys.secretText")} secret={create.data.secret} onClose={onClose} />
  ) : (
    <KeyDialog
      title={t("apiKeys.add")}
      action={t("create.action")}
      before={{ name: "", scopes: [], allowedNetworks: [] }}
      scopes={scopes}
      pending={create.isPending}
      error={create.error}
      conflict={t("apiKeys.tooMany")}
      withLifetime
      onSubmit={(form, days) => create.mutate({ ...form, expiresInDays: days })}
      onClose={onClose}
    />
  );
}
