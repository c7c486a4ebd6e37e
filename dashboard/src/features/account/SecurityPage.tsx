import { SimpleGrid, Stack } from "@mantine/core";
import { useState } from "react";
import { useI18n } from "../../i18n";
import { useAuthMethods } from "../../shared/lib/authMethods";
import { useSignedIn } from "../../shared/lib/session";
import { Empty } from "../../shared/ui/Empty";
import { Failure } from "../../shared/ui/Failure";
import { Loading } from "../../shared/ui/Loading";
import { Page } from "../../shared/ui/Page";
import { useSecurity } from "./api/getSecurity";
import { useSetUpTwoFactor } from "./api/setUpTwoFactor";
import { DevicesSection } from "./DevicesSection";
import { EmailSection } from "./EmailSection";
import { LoginSection } from "./LoginSection";
import { PasskeySection } from "./PasskeySection";
import { PasswordSection } from "./PasswordSection";
import { RecentActivity } from "./RecentActivity";
import { Recommendations } from "./Recommendations";
import { TwoFactorSection } from "./TwoFactorSection";

export default function SecurityPage() {
  const { t } = useI18n();
  const { session } = useSignedIn();
  return (
    <Page title={t("security.title")} lead={t("security.lead")}>
      {session.impersonatedBy ? <Empty title={t("error.not_while_impersonating")} /> : <Security />}
    </Page>
  );
}

function Security() {
  const methods = useAuthMethods();
  const security = useSecurity();
  const setUp = useSetUpTwoFactor();
  // What a recommendation opens, in the card it belongs to.
  const [asked, setAsked] = useState<"passkey" | "codes" | "off" | null>(null);
  const { data } = security;
  if (!data) {
    return security.error ? <Failure error={security.error} retry={() => void security.refetch()} /> : <Loading rows={4} height={140} />;
  }

  return (
    <>
      <Recommendations
        security={data}
        onPasskey={() => setAsked("passkey")}
        onTwoFactor={() => setUp.mutate()}
        onCodes={() => setAsked("codes")}
      />
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="lg">
        <Stack gap="lg" miw={0}>
          {methods.data?.password !== null && <PasswordSection security={data} />}
          <PasskeySection security={data} adding={asked === "passkey"} onAdding={(on) => setAsked(on ? "passkey" : null)} />
          <EmailSection />
        </Stack>
        <Stack gap="lg" miw={0}>
          <TwoFactorSection
            security={data}
            setUp={setUp}
            asking={asked === "codes" || asked === "off" ? asked : null}
            onAsking={setAsked}
          />
          <LoginSection />
          <DevicesSection />
          <RecentActivity />
        </Stack>
      </SimpleGrid>
    </>
  );
}
