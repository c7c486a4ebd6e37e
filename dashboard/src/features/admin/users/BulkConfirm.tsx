import { TagsInput } from "@mantine/core";
import type { BulkAction } from "@roundtable/client";
import { useI18n } from "../../../i18n";
import { useFieldError } from "../../../shared/lib/errors";
import { useMay } from "../../../shared/lib/session";
import { useDraft } from "../../../shared/lib/unsaved";
import { Confirm } from "../../../shared/ui/Confirm";
import { useRoles } from "../roles/api/listRoles";
import { BanFields, emptyBan, useBanRequest } from "./BanFields";

/** The values that an action needs. */
export interface BulkValues {
  action: BulkAction;
  reason?: string;
  expiresAt?: string;
  roles?: string[];
}

interface Props {
  action: BulkAction;
  count: number;
  /** Whom it concerns, in words. */
  text: string;
  /** Whether the number has to be typed, since this cannot be undone. */
  typed: boolean;
  pending: boolean;
  error: Error | null;
  onClose: () => void;
  onConfirm: (values: BulkValues) => void;
}

/** Asks for what an action on many users needs, and whether it is meant. */
export function BulkConfirm({ action, count, text, typed, pending, error, onClose, onConfirm }: Props) {
  const { t } = useI18n();
  const roleList = useRoles(useMay()("listRoles") && action === "setRoles");
  const fieldError = useFieldError();
  const requestOf = useBanRequest();
  const [form, setForm, leave] = useDraft(`bulk ${action}`, { ban: emptyBan, roles: [] as string[] });
  return (
    <Confirm
      opened
      onClose={() => leave(onClose)}
      title={t(`bulk.${action}`)}
      text={text}
      action={t(`bulk.${action}`)}
      danger={action !== "unban" && action !== "setRoles"}
      {...(typed ? { word: String(count) } : {})}
      pending={pending}
      error={error}
      fields={["reason", "expiresAt", "roles"]}
      onConfirm={() =>
        onConfirm({
          action,
          ...(action === "ban" ? requestOf(form.ban) : {}),
          ...(action === "setRoles" ? { roles: form.roles } : {}),
        })
      }
    >
      {action === "ban" && <BanFields form={form.ban} error={error} onChange={(ban) => setForm({ ...form, ban })} />}
      {action === "setRoles" && (
        <TagsInput
          label={t("roles.title")}
          data={roleList.data?.map((r) => r.name) ?? []}
          value={form.roles}
          error={fieldError(error, "roles")}
          onChange={(roles) => setForm({ ...form, roles })}
        />
      )}
    </Confirm>
  );
}
