import { useState } from "react";
import { useI18n } from "../../i18n";
import { useFieldError } from "../lib/errors";
import { SecretDialog } from "../ui/SecretDialog";
import { KeyDialog } from "./KeyDialog";
import { type KeyRequests, useCreateKey } from "./keyRequests";
import { Lifetime } from "./Lifetime";

const usualDays = 90;

/** Creates a key and shows its secret. */
export function CreateKey({ requests, scopes, onClose }: { requests: KeyRequests; scopes: readonly string[]; onClose: () => void }) {
  const { t } = useI18n();
  const fieldError = useFieldError();
  const create = useCreateKey(requests);
  const [days, setDays] = useState<number | null>(usualDays);
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
      onSubmit={(form) => create.mutate({ ...form, expiresInDays: days })}
      onClose={onClose}
    >
      <Lifetime label={t("apiKeys.lifetime")} days={days} error={fieldError(create.error, "expiresInDays")} onChange={setDays} />
    </KeyDialog>
  );
}
