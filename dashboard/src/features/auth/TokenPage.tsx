import { Alert, Button, Stack, Text } from "@mantine/core";
import type { UseMutationResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { type MessageKey, useI18n } from "../../i18n";
import { useChangeSession } from "../../shared/lib/session";
import { useLinkToken } from "../../shared/lib/token";
import { Failure } from "../../shared/ui/Failure";
import { SignedOutPage } from "../../shared/ui/SignedOutPage";
import { DeadLink, isDead } from "./DeadLink";
import { IncompleteLink } from "./IncompleteLink";

/** Where to go on from a link that does not work any more. */
const ways = {
  verify: "/sign-in",
  confirmEmail: "/account/security",
  undoEmail: "/sign-in?next=%2Faccount%2Fsecurity",
  notMe: "/sign-in?next=%2Faccount%2Fdevices",
} as const;

/** The page of a mailed link: asks, runs the action, reports success. */
export function TokenPage({
  name,
  mutation,
  done,
}: {
  name: "verify" | "confirmEmail" | "undoEmail" | "notMe";
  mutation: UseMutationResult<unknown, Error, string>;
  /** The content shown on success. Default: a success message. */
  done?: ReactNode;
}) {
  const { t } = useI18n();
  const token = useLinkToken();
  const changeSession = useChangeSession();
  const text = (part: "title" | "lead" | "action" | "done") => t(`${name}.${part}` satisfies MessageKey);
  if (!token) {
    return <IncompleteLink />;
  }

  return (
    <SignedOutPage title={text("title")} lead={mutation.isSuccess ? undefined : text("lead")}>
      {mutation.isSuccess ? (
        (done ?? (
          <Alert color="teal" role="status">
            <Text size="sm">{text("done")}</Text>
          </Alert>
        ))
      ) : (
        <Stack>
          <Failure error={mutation.error} />
          <DeadLink dead={isDead(mutation.error)} to={ways[name]} label={`${name}.again`}>
            <Button
              autoFocus
              loading={mutation.isPending}
              onClick={() => mutation.mutate(token, { onSuccess: () => void changeSession() })}
            >
              {text("action")}
            </Button>
          </DeadLink>
        </Stack>
      )}
    </SignedOutPage>
  );
}
