import { Button, Menu, TextInput } from "@mantine/core";
import type { UserDto } from "@roundtable/client";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useI18n } from "../../../i18n";
import { useFieldError } from "../../../shared/lib/errors";
import { useChangeSession, useMay, useSignedIn } from "../../../shared/lib/session";
import { say } from "../../../shared/lib/toasts";
import { Confirm } from "../../../shared/ui/Confirm";
import { NewPassword } from "../../../shared/ui/NewPassword";
import { useDeleteUser } from "./api/deleteUser";
import { useImpersonate } from "./api/impersonateUser";
import { useResetFactors } from "./api/resetFactors";
import { useSendLink } from "./api/sendLink";
import { useSetPassword } from "./api/setPassword";
import { useUnlockUser } from "./api/unlockUser";

/** The admin actions on an account, other than editing it. */
export function UserActions({ user }: { user: UserDto }) {
  const { t } = useI18n();
  const fieldError = useFieldError();
  const may = useMay();
  const navigate = useNavigate();
  const changeSession = useChangeSession();
  const isMe = useSignedIn().user.id === user.id;
  const sendLink = useSendLink(user.id);
  const unlock = useUnlockUser(user.id);
  const setPassword = useSetPassword(user.id);
  const resetFactors = useResetFactors(user.id);
  const remove = useDeleteUser(user.id);
  const impersonate = useImpersonate(user.id);
  const [dialog, setDialog] = useState<"link" | "unlock" | "password" | "twoFactor" | "passkeys" | "delete" | "impersonate" | null>(null);
  const [reason, setReason] = useState("");
  const [password, setText] = useState("");
  const close = () => setDialog(null);
  const done = (message: string) => ({ onSuccess: () => { close(); say(message); } });
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target><Button variant="default">{t("user.actions")}</Button></Menu.Target>
        <Menu.Dropdown>
          {may("impersonate") && <Menu.Item disabled={isMe} onClick={() => setDialog("impersonate")}>{t("impersonate.title")}</Menu.Item>}
          {may("sendLink") && <Menu.Item onClick={() => setDialog("link")}>{t("user.sendLink")}</Menu.Item>}
          {may("unlockUser") && <Menu.Item onClick={() => setDialog("unlock")}>{t("user.unlock")}</Menu.Item>}
          {may("setPassword") && <Menu.Item disabled={isMe} onClick={() => { setText(""); setDialog("password"); }}>{t("user.setPassword")}</Menu.Item>}
          {may("resetFactors") && <Menu.Item disabled={isMe} onClick={() => setDialog("twoFactor")}>{t("user.resetTwoFactor")}</Menu.Item>}
          {may("resetFactors") && <Menu.Item disabled={isMe} onClick={() => setDialog("passkeys")}>{t("user.resetPasskeys")}</Menu.Item>}
          {may("deleteUser") && <Menu.Item color="red" disabled={isMe} onClick={() => setDialog("delete")}>{t("user.delete")}</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
      <Confirm opened={dialog === "link"} onClose={close} title={t("user.sendLink")} text={t("user.sendLinkText", { email: user.email })} action={t("user.sendLink")} danger={false} pending={sendLink.isPending} error={sendLink.error} onConfirm={() => sendLink.mutate(undefined, done(t("user.linkSent")))} />
      <Confirm opened={dialog === "unlock"} onClose={close} title={t("user.unlock")} text={t("user.unlockText")} action={t("user.unlock")} danger={false} pending={unlock.isPending} error={unlock.error} onConfirm={() => unlock.mutate(undefined, done(t("user.unlocked")))} />
      <Confirm opened={dialog === "password"} onClose={close} title={t("user.setPassword")} text={t("user.setPasswordText")} action={t("user.setPassword")} pending={setPassword.isPending} error={setPassword.error} onConfirm={() => setPassword.mutate(password, done(t("user.passwordSet")))}>
        <NewPassword label={t("password.new")} value={password} error={fieldError(setPassword.error, "password")} onChange={setText} />
      </Confirm>
      <Confirm opened={dialog === "twoFactor"} onClose={close} title={t("user.resetTwoFactor")} text={t("user.resetTwoFactorText")} action={t("user.resetTwoFactor")} pending={resetFactors.isPending} error={resetFactors.error} onConfirm={() => resetFactors.mutate("twoFactor", done(t("user.twoFactorReset")))} />
      <Confirm opened={dialog === "passkeys"} onClose={close} title={t("user.resetPasskeys")} text={t("user.resetPasskeysText")} action={t("user.resetPasskeys")} pending={resetFactors.isPending} error={resetFactors.error} onConfirm={() => resetFactors.mutate("passkeys", done(t("user.passkeysReset")))} />
      <Confirm opened={dialog === "delete"} onClose={close} title={t("user.delete")} text={t("data.deleteConfirm")} action={t("user.delete")} word={user.email} pending={remove.isPending} error={remove.error} onConfirm={() => remove.mutate(undefined, { onSuccess: () => { say(t("user.deleted", { name: user.name })); void navigate("/admin/users"); } })} />
      <Confirm
        opened={dialog === "impersonate"} onClose={close} title={t("impersonate.title")} text={t("impersonate.text", { name: user.name })} action={t("impersonate.action")} danger={false} pending={impersonate.isPending} error={impersonate.error}
        onConfirm={() => impersonate.mutate(reason, { onSuccess: async () => { close(); await navigate("/account/profile"); await changeSession(); } })}
      >
        <TextInput label={t("ban.reason")} description={t("impersonate.reasonHint")} required maxLength={500} value={reason} error={fieldError(impersonate.error, "reason")} data-autofocus onChange={(e) => setReason(e.currentTarget.value)} />
      </Confirm>
    </>
  );
}
