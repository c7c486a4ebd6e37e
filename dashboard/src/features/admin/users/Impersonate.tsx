import { TextInput } from "@mantine/core";
import type { UserDto } from "@roundtable/client";
import { useNavigate } from "react-router";
import { useI18n } from "../../../i18n";
import { useFieldError } from "../../../shared/lib/errors";
import { useChangeSession } from "../../../shared/lib/session";
import { forgetUnsaved, useDraft } from "../../../shared/lib/unsaved";
import { Confirm } from "../../../shared/ui/Confirm";
import { useImpersonate } from "./api/impersonateUser";

/** Asks for the reason of acting as a user. */
export function Impersonate({ user, onClose }: { user: UserDto; onClose: () => void }) {
  const { t } = useI18n();
  const fieldError = useFieldError();
  const navigate = useNavigate();
  const changeSession = useChangeSession();
  const impersonate = useImpersonate(user.id);
  const [reason, setReason, leave] = useDraft(`acting as ${user.id}`, "");
  const begin = async () => {
    forgetUnsaved();
    onClose();
    await navigate("/account/profile");
    await changeSession();
  };
  return (
    <Confirm
      opened
      onClose={() => leave(onClose)}
      title={t("impersonate.title")}
      text={t("impersonate.text", { name: user.name })}
      action={t("impersonate.action")}
      danger={false}
      pending={impersonate.isPending}
      error={impersonate.error}
      fields={["reason"]}
      onConfirm={() => impersonate.mutate(reason.trim(), { onSuccess: begin })}
    >
      <TextInput
        label={t("ban.reason")}
        description={t("impersonate.reasonHint")}
        required
        maxLength={500}
        value={reason}
        error={fieldError(impersonate.error, "reason")}
        data-autofocus
        onChange={(e) => setReason(e.currentTarget.value)}
      />
    </Confirm>
  );
}
