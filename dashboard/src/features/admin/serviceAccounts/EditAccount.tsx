import { etagOf, type ServiceAccountDto } from "@roundtable/client";
import { useState } from "react";
import { useI18n } from "../../../i18n";
import { changes } from "../../../shared/lib/changes";
import { isConflict } from "../../../shared/lib/conflicts";
import { sayFailure, sayUndoable } from "../../../shared/lib/toasts";
import { Conflict } from "../../../shared/ui/Conflict";
import { AccountDialog, type AccountForm } from "./AccountDialog";
import { useReloadAccount } from "./api/getAccount";
import { useUpdateAccount } from "./api/updateAccount";

const formOf = ({ name, description, contactEmail, roles }: ServiceAccountDto): AccountForm => ({ name, description, contactEmail, roles });

/** Edits a service account: sends only changes, and does not overwrite another user's changes without asking. */
export function EditAccount({
  account,
  version,
  onClose,
}: {
  account: ServiceAccountDto;
  version: string | undefined;
  onClose: () => void;
}) {
  const { t } = useI18n();
  const reload = useReloadAccount(account.id);
  const update = useUpdateAccount(account.id);
  const undo = useUpdateAccount(account.id);
  const [opened, setOpened] = useState({ before: formOf(account), version });
  const [wanted, setWanted] = useState(opened.before);
  const save = (form: AccountForm, to: string | undefined) => {
    setWanted(form);
    update.mutate(
      { version: to, request: changes(form, opened.before) },
      {
        onSuccess: (answer) => {
          sayUndoable(t("serviceAccounts.saved"), () =>
            undo.mutateAsync({ version: etagOf(answer), request: changes(opened.before, form) }),
          );
          onClose();
        },
      },
    );
  };
  const startAnew = async () => {
    const fresh = await reload();
    update.reset();
    setOpened({ before: formOf(fresh.account), version: fresh.version });
  };
  const conflict = (
    <Conflict
      onReload={() => void startAnew().catch(sayFailure)}
      onAgain={() => void reload().then((fresh) => save(wanted, fresh.version), sayFailure)}
    />
  );
  return (
    <AccountDialog
      key={opened.version}
      title={t("edit")}
      action={t("save")}
      before={opened.before}
      pending={update.isPending}
      error={update.error}
      {...(isConflict(update.error) ? { problem: conflict } : {})}
      onSubmit={(form) => save(form, opened.version)}
      onClose={onClose}
    />
  );
}
