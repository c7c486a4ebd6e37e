import { etagOf, type WebhookDto } from "@roundtable/client";
import { useState } from "react";
import { useI18n } from "../../../i18n";
import { changes } from "../../../shared/lib/changes";
import { isConflict } from "../../../shared/lib/conflicts";
import { sayFailure, sayUndoable } from "../../../shared/lib/toasts";
import { Conflict } from "../../../shared/ui/Conflict";
import { useReloadWebhook } from "./api/getWebhook";
import { useUpdateWebhook } from "./api/updateWebhook";
import { WebhookDialog, type WebhookForm } from "./WebhookDialog";

const formOf = ({ url, description, events }: WebhookDto): WebhookForm => ({ url, description, events });

/** Edits an endpoint: sends only changes, and does not overwrite another user's changes without asking. */
export function EditWebhook({ webhook, version, onClose }: { webhook: WebhookDto; version: string | undefined; onClose: () => void }) {
  const { t } = useI18n();
  const reload = useReloadWebhook(webhook.id);
  const update = useUpdateWebhook(webhook.id);
  const undo = useUpdateWebhook(webhook.id);
  const [opened, setOpened] = useState({ before: formOf(webhook), version });
  const [wanted, setWanted] = useState(opened.before);
  const save = (form: WebhookForm, to: string | undefined) => {
    setWanted(form);
    update.mutate(
      { version: to, request: changes(form, opened.before) },
      {
        onSuccess: (answer) => {
          sayUndoable(t("webhooks.saved"), () => undo.mutateAsync({ version: etagOf(answer), request: changes(opened.before, form) }));
          onClose();
        },
      },
    );
  };
  const startAnew = async () => {
    const fresh = await reload();
    update.reset();
    setOpened({ before: formOf(fresh.webhook), version: fresh.version });
  };
  const conflict = (
    <Conflict
      onReload={() => void startAnew().catch(sayFailure)}
      onAgain={() => void reload().then((fresh) => save(wanted, fresh.version), sayFailure)}
    />
  );
  return (
    <WebhookDialog
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
