import { Alert, Button, Group, Select, Stack, Text } from "@mantine/core";
import type { ApiKeyDto } from "@roundtable/client";
import { useI18n } from "../../i18n";
import { isRefusedByState } from "../lib/conflicts";
import { isFieldError, useFieldError } from "../lib/errors";
import { useFormat } from "../lib/format";
import { useDraft } from "../lib/unsaved";
import { Cancel } from "../ui/Cancel";
import { Dialog } from "../ui/Dialog";
import { Failure } from "../ui/Failure";
import { SecretDialog } from "../ui/SecretDialog";
import { type KeyRequests, useRotateKey } from "./keyRequests";
import { Lifetime } from "./Lifetime";

const overlaps = ["0", "1", "24", "168"] as const;

/** Gives a key a new secret and shows it. */
export function RotateKey({ apiKey, requests, onClose }: { apiKey: ApiKeyDto; requests: KeyRequests; onClose: () => void }) {
  const { t } = useI18n();
  const format = useFormat();
  const fieldError = useFieldError();
  const rotate = useRotateKey(requests, apiKey.id);
  const [{ overlap, days }, setForm, leave] = useDraft(`rotation of ${apiKey.id}`, { overlap: "24", days: null as number | null });
  if (rotate.data) {
    return <SecretDialog title={t("apiKeys.secret")} text={t("apiKeys.secretText")} secret={rotate.data.secret} onClose={onClose} />;
  }

  return (
    <Dialog onClose={() => leave(onClose)} title={t("apiKeys.rotateOne", { name: apiKey.name })}>
      <form
        onSubmit={(e) => {
          e.preventDefault();
          rotate.mutate({ overlapHours: Number(overlap), expiresInDays: days });
        }}
      >
        <Stack>
          <Text size="sm">{t("apiKeys.rotateText")}</Text>
          <Select
            label={t("apiKeys.overlap")}
            allowDeselect={false}
            data={overlaps.map((value) => ({ value, label: t(`apiKeys.overlap.${value}`) }))}
            value={overlap}
            data-autofocus
            onChange={(value) => setForm({ overlap: value ?? overlap, days })}
          />
          <Lifetime
            label={t("apiKeys.newLifetime")}
            none={t("apiKeys.sameExpiry", { date: format.date(apiKey.expiresAt) })}
            days={days}
            error={fieldError(rotate.error, "expiresInDays")}
            onChange={(next) => setForm({ overlap, days: next })}
          />
          {isRefusedByState(rotate.error) ? (
            <Alert color="red" role="alert">
              {t("apiKeys.ended")}
            </Alert>
          ) : (
            !isFieldError(rotate.error, "expiresInDays") && <Failure error={rotate.error} />
          )}
          <Group justify="flex-end">
            <Cancel />
            <Button type="submit" loading={rotate.isPending}>
              {t("webhooks.rotateAction")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
