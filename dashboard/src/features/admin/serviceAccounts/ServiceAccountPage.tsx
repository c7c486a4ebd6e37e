import { useParams } from "react-router";
import { useI18n } from "../../../i18n";
import { KeySection } from "../../../shared/apiKeys/KeySection";
import { useMay, useSignedIn } from "../../../shared/lib/session";
import { BackLink } from "../../../shared/ui/BackLink";
import { Failure } from "../../../shared/ui/Failure";
import { Loading } from "../../../shared/ui/Loading";
import { Page } from "../../../shared/ui/Page";
import { AccountSection } from "./AccountSection";
import { accountKeys } from "./api/accountKeys";
import { useAccount } from "./api/getAccount";
import { DeleteAccount } from "./DeleteAccount";

export default function ServiceAccountPage() {
  const { t } = useI18n();
  const id = useParams()["id"] ?? "";
  const write = useMay()("changeServiceAccounts");
  const { permissions } = useSignedIn();
  const query = useAccount(id);
  const back = <BackLink to="/admin/service-accounts" needs="seeServiceAccounts" text={t("serviceAccounts.back")} />;
  if (!query.data) {
    return (
      <Page title={t("target.serviceAccount")} lead={back}>
        {query.error ? <Failure error={query.error} retry={() => void query.refetch()} /> : <Loading rows={8} />}
      </Page>
    );
  }

  const { account, version } = query.data;
  return (
    <Page title={account.name} lead={back} actions={write && <DeleteAccount account={account} />}>
      <AccountSection account={account} version={version} />
      <KeySection
        key={id}
        title={t("apiKeys.title")}
        text={t("serviceAccounts.keysText")}
        hint={t("serviceAccounts.keysHint")}
        requests={accountKeys(id)}
        scopes={permissions}
        write={write}
      />
    </Page>
  );
}
