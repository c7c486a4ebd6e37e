import { Button, Menu } from "@mantine/core";
import type { UserDto } from "@roundtable/client";
import { useState } from "react";
import { useNavigate } from "react-router";
import { type MessageKey, useI18n } from "../../../i18n";
import { useCommands } from "../../../shared/lib/commands";
import { placeOf } from "../../../shared/lib/places";
import { type Access, useMay, useSignedIn } from "../../../shared/lib/session";
import { say } from "../../../shared/lib/toasts";
import { forgetUnsaved, leaving } from "../../../shared/lib/unsaved";
import { Confirm } from "../../../shared/ui/Confirm";
import { useDeleteUser } from "./api/deleteUser";
import { useResetFactors } from "./api/resetFactors";
import { useSendLink } from "./api/sendLink";
import { useUnlockUser } from "./api/unlockUser";
import { EndSessions } from "./EndSessions";
import { Impersonate } from "./Impersonate";
import { SetPassword } from "./SetPassword";

type Name = "impersonate" | "link" | "unlock" | "sessions" | "password" | "twoFactor" | "passkeys" | "delete";

interface Action {
  name: Name;
  text: MessageKey;
  needs: Access;
  /** Whether admins may do it to themselves. */
  toMe?: boolean;
}

const usual: readonly Action[] = [
  { name: "impersonate", text: "impersonate.title", needs: "impersonate" },
  { name: "link", text: "user.sendLink", needs: "sendLink", toMe: true },
  { name: "unlock", text: "user.unlock", needs: "unlockUser", toMe: true },
  { name: "sessions", text: "user.endSessions", needs: "endSessions", toMe: true },
];

/** These take something away that the admin cannot bring back. */
const dangerous: readonly Action[] = [
  { name: "password", text: "user.setPassword", needs: "setPassword" },
  { name: "twoFactor", text: "user.resetTwoFactor", needs: "resetFactors" },
  { name: "passkeys", text: "user.resetPasskeys", needs: "resetFactors" },
  { name: "delete", text: "user.delete", needs: "deleteUser" },
];

/** The admin actions on an account, other than editing it. */
export function UserActions({ user }: { user: UserDto }) {
  const { t } = useI18n();
  const may = useMay();
  const navigate = useNavigate();
  const isMe = useSignedIn().user.id === user.id;
  const sendLink = useSendLink(user.id);
  const unlock = useUnlockUser(user.id);
  const resetFactors = useResetFactors(user.id);
  const remove = useDeleteUser(user.id);
  const [dialog, setDialog] = useState<Name | null>(null);
  const close = () => setDialog(null);
  const allowed = ({ needs }: Action) => may(needs);
  const possible = ({ toMe = false }: Action) => toMe || !isMe;
  const begin = (name: Name) => {
    // Acting as the user and deleting the user both lead away from this page.
    const show = () => setDialog(name);
    return name === "impersonate" || name === "delete" ? leaving(show) : show();
  };
  const item = (action: Action) => (
    <Menu.Item
      key={action.name}
      disabled={!possible(action)}
      onClick={() => begin(action.name)}
      {...(dangerous.includes(action) ? { c: "var(--mantine-color-error)" } : {})}
    >
      {t(action.text)}
    </Menu.Item>
  );
  useCommands(
    [...usual, ...dangerous].filter((a) => allowed(a) && possible(a)).map((a) => ({ label: t(a.text), run: () => begin(a.name) })),
  );
  const done = (message: string) => ({
    onSuccess: () => {
      close();
      say(message);
    },
  });
  if (![...usual, ...dangerous].some(allowed)) {
    return null;
  }

  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default">{t("user.actions")}</Button>
        </Menu.Target>
        <Menu.Dropdown>
          {usual.filter(allowed).map(item)}
          {dangerous.some(allowed) && <Menu.Divider />}
          {dangerous.some(allowed) && <Menu.Label>{t("user.dangerous")}</Menu.Label>}
          {dangerous.filter(allowed).map(item)}
        </Menu.Dropdown>
      </Menu>
      <Confirm
        opened={dialog === "link"}
        onClose={close}
        title={t("user.sendLink")}
        text={t("user.sendLinkText", { email: user.email })}
        action={t("user.sendLink")}
        danger={false}
        pending={sendLink.isPending}
        error={sendLink.error}
        onConfirm={() => sendLink.mutate(undefined, done(t("user.linkSent")))}
      />
      <Confirm
        opened={dialog === "unlock"}
        onClose={close}
        title={t("user.unlock")}
        text={t("user.unlockText")}
        action={t("user.unlock")}
        danger={false}
        pending={unlock.isPending}
        error={unlock.error}
        onConfirm={() => unlock.mutate(undefined, done(t("user.unlocked")))}
      />
      <EndSessions user={user} opened={dialog === "sessions"} onClose={close} />
      {dialog === "password" && <SetPassword user={user} onClose={close} />}
      <Confirm
        opened={dialog === "twoFactor"}
        onClose={close}
        title={t("user.resetTwoFactor")}
        text={t("user.resetTwoFactorText")}
        action={t("user.resetTwoFactor")}
        pending={resetFactors.isPending}
        error={resetFactors.error}
        onConfirm={() => resetFactors.mutate("twoFactor", done(t("user.twoFactorReset")))}
      />
      <Confirm
        opened={dialog === "passkeys"}
        onClose={close}
        title={t("user.resetPasskeys")}
        text={t("user.resetPasskeysText")}
        action={t("user.resetPasskeys")}
        pending={resetFactors.isPending}
        error={resetFactors.error}
        onConfirm={() => resetFactors.mutate("passkeys", done(t("user.passkeysReset")))}
      />
      <Confirm
        opened={dialog === "delete"}
        onClose={close}
        title={t("user.delete")}
        text={t("data.deleteConfirm")}
        action={t("user.delete")}
        word={user.email}
        pending={remove.isPending}
        error={remove.error}
        onConfirm={() =>
          remove.mutate(undefined, {
            onSuccess: () => {
              forgetUnsaved();
              say(t("user.deleted", { name: user.name }));
              void navigate(placeOf("/admin/users"), { replace: true });
            },
          })
        }
      />
      {dialog === "impersonate" && <Impersonate user={user} onClose={close} />}
    </>
  );
}
