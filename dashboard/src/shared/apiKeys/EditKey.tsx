import type { ApiKeyDto } from "@roundtable/client";
import { useState } from "react";
import { useI18n } from "../../i18n";
import { changes } from "../lib/changes";
import { isConflict } from "../lib/conflicts";
import { sayUndoable } from "../lib/toasts";
import { Conflict } from "../ui/Conflict";
import { KeyDialog, type KeyForm } from "./KeyDialog";
import { type KeyRequests, useUpdateKey } from "./keyRequests";

const formOf = ({ name, scopes, allowedNetworks }: ApiKeyDto): KeyForm => ({ name, scopes, allowedNetworks });

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
  const undo = useUpdateKey(requests, apiKey.id);
  const [before, setBefore] = useState(apiKey);
  const [wanted, setWanted] = useState<KeyForm>(apiKey);
  const save = (form: KeyForm, version: number) => {
    setWanted(form);
    update.mutate(
      { version, request: changes(form, formOf(before)) },
      {
        onSuccess: ({ data }) => {
          sayUndoable(t("apiKeys.saved"), () => undo.mutateAsync({ version: data.version, request: changes(formOf(before), form) }));
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
