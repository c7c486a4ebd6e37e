import { TagsInput, TextInput } from "@mantine/core";
import type { BulkAction } from "@roundtable/client";
import { useState } from "react";
import { useI18n } from "../../../i18n";
import { useFieldError } from "../../../shared/lib/errors";
import { useMay } from "../../../shared/lib/session";
import { Confirm } from "../../../shared/ui/Confirm";
import { useRoles } from "../roles/api/listRoles";

/** The values that an action needs. */
export interface BulkValues {
  action: BulkAction;
  reason?: string;
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
  const [reason, setReason] = useState("");
  const [roles, setRoles] = useState<string[]>([]);
  return (
    <Confirm
      opened
      onClose={onClose}
      title={t(`bulk.${action}`)}
      text={text}
      action={t(`bulk.${action}`)}
      danger={action !== "unban" && action !== "setRoles"}
      {...(typed ? { word: String(count) } : {})}
      pending={pending}
      error={error}
      fields={["reason", "roles"]}
      onConfirm={() =>
        onConfirm({
          action,
          ...(action === "ban" ? { reason: reason.trim() } : {}),
          ...(action === "setRoles" ? { roles } : {}),
        })
      }
    >
      {action === "ban" && (
        <TextInput
          label={t("ban.reason")}
          required
          value={reason}
          error={fieldError(error, "reason")}
          data-autofocus
          onChange={(e) => setReason(e.currentTarget.value)}
        />
      )}
      {action === "setRoles" && (
        <TagsInput
          label={t("roles.title")}
          data={roleList.data?.map((r) => r.name) ?? []}
          value={roles}
          error={fieldError(error, "roles")}
          onChange={setRoles}
        />
      )}
    </Confirm>
  );
}
