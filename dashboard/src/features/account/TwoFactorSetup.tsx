import { Button, Code, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useI18n } from "../../i18n";
import { plainCode } from "../../shared/lib/codes";
import { isFieldError, useFieldError } from "../../shared/lib/errors";
import { CodeInput } from "../../shared/ui/CodeInput";
import { Failure } from "../../shared/ui/Failure";
import { useConfirmTwoFactor } from "./api/confirmTwoFactor";
import type { useSetUpTwoFactor } from "./api/setUpTwoFactor";

/** Shows the secret to scan and asks for the first code. */
export function TwoFactorSetup({
  setUp,
  onCodes,
}: {
  setUp: ReturnType<typeof useSetUpTwoFactor>;
  onCodes: (codes: readonly string[]) => void;
}) {
  const { t } = useI18n();
  const fieldError = useFieldError();
  const confirm = useConfirmTwoFactor();
  const [code, setCode] = useState("");
  if (!setUp.data) {
    return (
      <>
        <Failure error={setUp.error} />
        <Group>
          <Button loading={setUp.isPending} onClick={() => setUp.mutate()}>
            {t("twoFactor.setUp")}
          </Button>
        </Group>
      </>
    );
  }

  return (
    <Group align="flex-start" gap="xl">
      <img
        src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(setUp.data.qrCodeSvg)}`}
        alt={t("twoFactor.qr")}
        width={200}
        height={200}
        style={{ background: "#fff", padding: 8, borderRadius: 8 }}
      />
      <form
        style={{ flex: "1 1 240px", maxWidth: 420 }}
        onSubmit={(e) => {
          e.preventDefault();
          confirm.mutate(plainCode(code), { onSuccess: onCodes });
        }}
      >
        <Stack>
          <Text size="sm">{t("twoFactor.scan")}</Text>
          <div>
            <Text size="sm" c="dimmed">
              {t("twoFactor.secret")}
            </Text>
            <Code style={{ overflowWrap: "anywhere" }} data-testid="secret">
              {setUp.data.secret}
            </Code>
          </div>
          <CodeInput autoFocus value={code} error={fieldError(confirm.error, "code")} onChange={(e) => setCode(e.currentTarget.value)} />
          {!isFieldError(confirm.error, "code") && <Failure error={confirm.error} />}
          <Group>
            <Button type="submit" loading={confirm.isPending}>
              {t("twoFactor.turnOn")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Group>
  );
}
