import { Alert, Button, Group, Stack, Textarea, TextInput } from "@mantine/core";
import type { ApiKeyDto } from "@roundtable/client";
import type { ReactNode } from "react";
import { useI18n } from "../../i18n";
import { isRefusedByState } from "../lib/conflicts";
import { isFieldError, useFieldError } from "../lib/errors";
import { useDraft } from "../lib/unsaved";
import { Cancel } from "../ui/Cancel";
import { Dialog } from "../ui/Dialog";
import { Failure } from "../ui/Failure";
import { PermissionChoice } from "../ui/PermissionChoice";
import { Lifetime } from "./Lifetime";

const usualDays = 90;

export type KeyForm = Pick<ApiKeyDto, "name" | "scopes" | "allowedNetworks">;

interface Props {
  title: string;
  action: string;
  before: KeyForm;
  /** The scopes to choose from. */
  scopes: readonly string[];
  pending: boolean;
  error: Error | null;
  /** What a conflict means here. */
  conflict: string;
  /** Replaces the error where more than its message must be said. */
  problem?: ReactNode;
  /** Whether it asks how long the key is valid. */
  withLifetime?: boolean;
  onSubmit: (form: KeyForm, days: number | null) => void;
  onClose: () => void;
}

/** A form for an API key's settings. */
export function KeyDialog({
  title,
  action,
  before,
  scopes,
  pending,
  error,
  conflict,
  problem,
  withLifetime = false,
  onSubmit,
  onClose,
}: Props) {
  const { t } = useI18n();
  const fieldError = useFieldError();
  const [form, setForm, leave] = useDraft("API key", {
    name: before.name,
    scopes: before.scopes,
    networks: before.allowedNetworks.join("\n"),
    days: usualDays as number | null,
  });
  const submit = () =>
    onSubmit({ name: form.name.trim(), scopes: form.scopes, allowedNetworks: form.networks.split(/[\s,;]+/).filter(Boolean) }, form.days);
  return (
    <Dialog onClose={() => leave(onClose)} title={title} size="lg">
      <form
        onSubmit={(e) => {
          e.preventDefault();
          submit();
        }}
      >
        <Stack>
          <TextInput
            label={t("name")}
            description={t("apiKeys.nameHint")}
            required
            maxLength={100}
            value={form.name}
            error={fieldError(error, "name")}
            data-autofocus
            onChange={(e) => setForm({ ...form, name: e.currentTarget.value })}
          />
          {withLifetime && (
            <Lifetime
              label={t("apiKeys.lifetime")}
              days={form.days}
              error={fieldError(error, "expiresInDays")}
              onChange={(days) => setForm({ ...form, days })}
            />
          )}
          <PermissionChoice
            label={t("apiKeys.scopes")}
            description={t("apiKeys.scopesHint")}
            all={[...scopes, ...before.scopes]}
            chosen={form.scopes}
            error={fieldError(error, "scopes")}
            onChange={(chosen) => setForm({ ...form, scopes: chosen })}
          />
          <Textarea
            label={t("apiKeys.networksOptional")}
            description={t("apiKeys.networksHint")}
            autosize
            minRows={2}
            maxRows={6}
            value={form.networks}
            error={fieldError(error, "allowedNetworks")}
            onChange={(e) => setForm({ ...form, networks: e.currentTarget.value })}
          />
          {problem ??
            (isRefusedByState(error) ? (
              <Alert color="red" role="alert">
                {conflict}
              </Alert>
            ) : (
              !isFieldError(error, "name", "scopes", "expiresInDays", "allowedNetworks") && <Failure error={error} />
            ))}
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
