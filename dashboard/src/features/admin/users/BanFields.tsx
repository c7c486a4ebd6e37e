import { Button, Group, Stack, TextInput } from "@mantine/core";
import { useI18n } from "../../../i18n";
import { useFieldError } from "../../../shared/lib/errors";
import { useFormat } from "../../../shared/lib/format";
import { DateField } from "../../../shared/ui/DateField";

const dayMs = 86_400_000;

export interface BanForm {
  reason: string;
  /** The text of a date field; empty for good. */
  until: string;
}

export const emptyBan: BanForm = { reason: "", until: "" };

/** The reason of a ban, and until when. */
export function BanFields({ form, error, onChange }: { form: BanForm; error: Error | null; onChange: (form: BanForm) => void }) {
  const { t } = useI18n();
  const fieldError = useFieldError();
  const format = useFormat();
  return (
    <Stack gap="sm">
      <TextInput
        label={t("ban.reason")}
        required
        maxLength={500}
        value={form.reason}
        error={fieldError(error, "reason")}
        data-autofocus
        onChange={(e) => onChange({ ...form, reason: e.currentTarget.value })}
      />
      <DateField
        label={t("ban.untilOptional")}
        description={t("zone", { zone: format.zone })}
        type="datetime-local"
        live
        value={form.until}
        error={fieldError(error, "expiresAt")}
        onCommit={(until) => onChange({ ...form, until })}
      />
      <Group gap="xs">
        {[7, 30, 90].map((days) => (
          <Button
            key={days}
            size="compact-sm"
            variant="default"
            onClick={() => onChange({ ...form, until: format.field(new Date(Date.now() + days * dayMs).toISOString()) })}
          >
            {t("overview.days", { count: days })}
          </Button>
        ))}
      </Group>
    </Stack>
  );
}

/** Returns what the form means in a request. */
export function useBanRequest() {
  const format = useFormat();
  return ({ reason, until }: BanForm) => ({ reason: reason.trim(), ...(until ? { expiresAt: format.instant(until) } : {}) });
}
