import type { ApiKeyDto, UpdateApiKeyRequest } from "@roundtable/client";
import { useState } from "react";
import { useI18n } from "../../i18n";
import { isConflict } from "../lib/conflicts";
import { sayUndoable } from "../lib/toasts";
import { Conflict } from "../ui/Conflict";
import { KeyDialog, type KeyForm } from "./KeyDialog";
import { type KeyRequests, useUpdateKey } from "./keyRequests";

/** The properties of the form that differ. */
const changes = (form: KeyForm, from: KeyForm): UpdateApiKeyRequest =>
  Object.fromEntries(
    (["name", "scopes", "allowedNetworks"] as const).flatMap((n) =>
      JSON.stringify(form[n]) === JSON.stringify(from[n]) ? [] : [[n, form[n]]],
    ),
  );

/** Edits a key: sends only changes, and does not overwrite another user's changes without asking. */
export function EditKey({
  apiKey,
  requests,
  scopes,
  onClose,
}: {
  apiKey: ApiKeyDto;
  requests: KeyRequests;
  scopes: readonly string[];
  onClose: () => void;
}) {
  const { t } = useI18n();
  const update = useUpdateKey(requests, apiKey.id);
  const [before, setBefore] = useState(apiKey);
  const [wanted, setWanted] = useState<KeyForm>(apiKey);
  const save = (form: KeyForm, version: number) => {
    setWanted(form);
    update.mutate(
      { version, request: changes(form, before) },
      {
        onSuccess: () => {
          sayUndoable(t("apiKeys.saved"), () => update.mutateAsync({ version: undefined, request: changes(before, form) }));
          onClose();
        },
      },
    );
  };
  // The list was loaded again, so that the key is the present one.
  const conflict = (
    <Conflict
      onReload={() => {
        update.reset();
        setBefore(apiKey);
      }}
      onAgain={() => save(wanted, apiKey.version)}
    />
  );
  return (
    <KeyDialog
      key={before.version}
      title={t("edit")}
      action={t("save")}
      before={before}
      scopes={scopes}
      pending={update.isPending}
      error={update.error}
      conflict={t("apiKeys.ended")}
      {...(isConflict(update.error) ? { problem: conflict } : {})}
      onSubmit={(form) => save(form, before.version)}
      onClose={onClose}
    />
  );
}
