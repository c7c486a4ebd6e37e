import { useNavigate } from "react-router";
import { useI18n } from "../../../i18n";
import { forgetUnsaved } from "../../../shared/lib/unsaved";
import { AccountDialog } from "./AccountDialog";
import { useCreateAccount } from "./api/createAccount";

/** Creates a service account and shows it. */
export function CreateAccount({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const navigate = useNavigate();
  const create = useCreateAccount();
  return (
    <AccountDialog
      title={t("serviceAccounts.add")}
      action={t("create.action")}
      before={{ name: "", description: null, contactEmail: "", roles: [] }}
      pending={create.isPending}
      error={create.error}
      onSubmit={(form) =>
        create.mutate(form, {
          onSuccess: ({ id }) => {
            forgetUnsaved();
            onClose();
            void navigate(`/admin/service-accounts/${id}`);
          },
        })
      }
      onClose={onClose}
    />
  );
}
