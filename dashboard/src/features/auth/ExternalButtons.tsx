import { Button, Stack } from "@mantine/core";
import { useI18n } from "../../i18n";
import { Failure } from "../../shared/ui/Failure";
import { useAuthMethods } from "../../shared/lib/authMethods";
import { useStartExternalSignIn } from "./api/startExternalSignIn";

/** A button for each external provider; nothing if there is none. */
export function ExternalButtons({ next }: { next: string | undefined }) {
  const { t } = useI18n();
  const methods = useAuthMethods();
  const start = useStartExternalSignIn();
  const providers = methods.data?.external ?? [];
  return providers.length === 0 ? null : (
    <Stack gap="xs">
      {providers.map((provider) => (
        <Button
          key={provider.name}
          variant="default"
          loading={start.isPending && start.variables.name === provider.name}
          onClick={() => start.mutate({ name: provider.name, next })}
        >
          {t("signIn.byProvider", { provider: provider.displayName })}
        </Button>
      ))}
      <Failure error={start.error} />
    </Stack>
  );
}
