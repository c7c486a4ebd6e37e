import { Alert, Button, Checkbox, Group, SimpleGrid, Stack, TextInput } from "@mantine/core";
import type { WebhookDto } from "@roundtable/client";
import type { ReactNode } from "react";
import { useI18n } from "../../../i18n";
import { isFieldError, useFieldError } from "../../../shared/lib/errors";
import { optional, trimmed } from "../../../shared/lib/trimmed";
import { useDraft } from "../../../shared/lib/unsaved";
import { Cancel } from "../../../shared/ui/Cancel";
import { Dialog } from "../../../shared/ui/Dialog";
import { Failure } from "../../../shared/ui/Failure";
import { Loading } from "../../../shared/ui/Loading";
import { useWebhookEvents } from "./api/listWebhookEvents";

export type WebhookForm = Pick<WebhookDto, "url" | "description" | "events">;

interface Props {
  title: string;
  action: string;
  before: WebhookForm;
  pending: boolean;
  error: Error | null;
  /** Replaces the error where more than its message must be said. */
  problem?: ReactNode;
  onSubmit: (form: WebhookForm) => void;
  onClose: () => void;
}

/** A form for an endpoint's settings. */
export function WebhookDialog({ title, action, before, pending, error, problem, onSubmit, onClose }: Props) {
  const { t } = useI18n();
  const fieldError = useFieldError();
  const [form, setForm, leave] = useDraft("webhook", before);
  return (
    <Dialog onClose={() => leave(onClose)} title={title} size="lg">
      <form
        onSubmit={(e) => {
          e.preventDefault();
          onSubmit(trimmed(form));
        }}
      >
        <Stack>
          <TextInput
            label={t("webhooks.url")}
            description={t("webhooks.urlHint")}
            type="url"
            required
            maxLength={2048}
            value={form.url}
            error={fieldError(error, "url")}
            data-autofocus
            onChange={(e) => setForm({ ...form, url: e.currentTarget.value })}
          />
          <TextInput
            label={t("webhooks.description")}
            maxLength={200}
            value={form.description ?? ""}
            error={fieldError(error, "description")}
            onChange={(e) => setForm({ ...form, description: optional(e.currentTarget.value) })}
          />
          <Events chosen={form.events} error={fieldError(error, "events")} onChange={(events) => setForm({ ...form, events })} />
          {problem ? (
            <Alert color="red" role="alert">
              {problem}
            </Alert>
          ) : (
            !isFieldError(error, "url", "description", "events") && <Failure error={error} />
          )}
          <Group justify="flex-end">
            <Cancel />
            <Button type="submit" loading={pending}>
              {action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

function Events({ chosen, error, onChange }: { chosen: string[]; error: string | undefined; onChange: (events: string[]) => void }) {
  const { t, lookup } = useI18n();
  const types = useWebhookEvents();
  // Event types that no longer exist stay visible so that they can be removed.
  const all = [...new Set([...(types.data ?? []), ...chosen])].sort();
  return (
    <>
      <Failure error={types.error} retry={() => void types.refetch()} />
      {types.isPending && <Loading rows={4} />}
      <Checkbox.Group label={t("webhooks.events")} description={t("webhooks.eventsHint")} value={chosen} error={error} onChange={onChange}>
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs" mt="xs">
          {all.map((type) => (
            <Checkbox key={type} value={type} label={type} description={lookup(`action.${type}`)} />
          ))}
        </SimpleGrid>
      </Checkbox.Group>
    </>
  );
}
